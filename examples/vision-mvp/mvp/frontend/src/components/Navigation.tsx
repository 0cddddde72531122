"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

import { logOut } from "@/lib/api";
import { forgetToken, useToken } from "@/lib/session";

const FOR_MEMBERS = [
  { href: "/chat", label: "Chat" },
  { href: "/projects", label: "Projects" },
];
const FOR_GUESTS = [
  { href: "/login", label: "Log in" },
  { href: "/register", label: "Register" },
];

export function Navigation() {
  const token = useToken();
  const path = usePathname();

  async function leave() {
    await logOut().catch(() => undefined);
    forgetToken();
  }

  return (
    <header className="bar">
      <Link href="/" className="brand">
        Vision MVP
      </Link>
      <nav aria-label="Main">
        {(token ? FOR_MEMBERS : FOR_GUESTS).map(({ href, label }) => (
          <Link key={href} href={href} aria-current={path === href ? "page" : undefined}>
            {label}
          </Link>
        ))}
        {token && (
          <button type="button" className="quiet" onClick={leave}>
            Log out
          </button>
        )}
      </nav>
    </header>
  );
}
