"use client";

import { useRouter } from "next/navigation";

import { Field } from "@/components/Field";
import { SubmitForm } from "@/components/SubmitForm";
import { logIn } from "@/lib/api";
import { storeToken } from "@/lib/session";

export function LoginForm() {
  const router = useRouter();

  async function submit(values: FormData) {
    storeToken(await logIn(String(values.get("email")), String(values.get("password"))));
    router.push("/chat");
  }

  return (
    <SubmitForm action="Log in" onSubmit={submit}>
      <Field name="email" label="Email" type="email" autoComplete="username" required />
      <Field name="password" label="Password" type="password" autoComplete="current-password" required />
    </SubmitForm>
  );
}
