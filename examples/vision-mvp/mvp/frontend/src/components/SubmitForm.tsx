"use client";

import { type FormEvent, type ReactNode, useState } from "react";

import { messageOf } from "@/lib/api";

interface SubmitFormProps {
  action: string;
  children: ReactNode;
  onSubmit: (values: FormData) => Promise<void>;
}

/** A form that shows what it is doing, and why it could not. */
export function SubmitForm({ action, children, onSubmit }: SubmitFormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit(new FormData(form));
      form.reset();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    // post: should the page not have its script yet, the password stays out of the address
    <form className="card" method="post" onSubmit={submit}>
      {children}
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <button type="submit" disabled={busy}>
        {busy ? "One moment…" : action}
      </button>
    </form>
  );
}
