"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";

import { useToken } from "@/lib/session";

/** Shows its content to whoever is logged in, and sends everybody else to the login page. */
export function Protected({ children }: { children: (token: string) => ReactNode }) {
  const token = useToken();
  const router = useRouter();

  useEffect(() => {
    if (token === null) {
      router.replace("/login");
    }
  }, [token, router]);

  return token ? children(token) : <p className="hint">Loading…</p>;
}
