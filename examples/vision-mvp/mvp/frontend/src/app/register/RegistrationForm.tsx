"use client";

import { useRouter } from "next/navigation";

import { Field } from "@/components/Field";
import { SubmitForm } from "@/components/SubmitForm";
import { logIn, register } from "@/lib/api";
import { storeToken } from "@/lib/session";

export function RegistrationForm() {
  const router = useRouter();

  async function submit(values: FormData) {
    const email = String(values.get("email"));
    const password = String(values.get("password"));
    await register({ email, password, full_name: String(values.get("full_name")) || null });
    storeToken(await logIn(email, password));
    router.push("/chat");
  }

  return (
    <SubmitForm action="Register" onSubmit={submit}>
      <Field name="full_name" label="Name (optional)" autoComplete="name" maxLength={200} />
      <Field name="email" label="Email" type="email" autoComplete="username" required />
      <Field name="password" label="Password" type="password" autoComplete="new-password" minLength={8} required />
    </SubmitForm>
  );
}
