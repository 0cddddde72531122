"use client";

import { type FormEvent, useEffect, useRef } from "react";

import { type ChatLine, useChat } from "@/lib/useChat";

export function ChatPanel({ token }: { token: string }) {
  const { lines, connected, waiting, send } = useChat(token);

  return (
    <section className="card chat">
      <p className="hint" role="status">
        {connected ? (waiting ? "The assistant is writing…" : "Connected") : "Connecting…"}
      </p>
      <Transcript lines={lines} />
      <Composer disabled={!connected} onSend={send} />
    </section>
  );
}

function Transcript({ lines }: { lines: ChatLine[] }) {
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => end.current?.scrollIntoView({ block: "nearest" }), [lines]);

  return (
    <ol className="transcript" aria-live="polite">
      {lines.map(({ id, author, text }) => (
        <li key={id} className={author}>
          {text}
        </li>
      ))}
      <li ref={end} aria-hidden="true" className="end" />
    </ol>
  );
}

function Composer({ disabled, onSend }: { disabled: boolean; onSend: (text: string) => void }) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("text")).trim();
    if (text) {
      onSend(text);
      event.currentTarget.reset();
    }
  }

  return (
    <form className="composer" onSubmit={submit}>
      <input name="text" aria-label="Message" placeholder="Ask about your images" autoComplete="off" maxLength={8000} />
      <button type="submit" disabled={disabled}>
        Send
      </button>
    </form>
  );
}
