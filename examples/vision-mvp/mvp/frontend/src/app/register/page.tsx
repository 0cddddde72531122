import type { Metadata } from "next";

import { RegistrationForm } from "./RegistrationForm";

export const metadata: Metadata = { title: "Register" };

export default function RegisterPage() {
  return (
    <>
      <h1>Create an account</h1>
      <RegistrationForm />
    </>
  );
}
