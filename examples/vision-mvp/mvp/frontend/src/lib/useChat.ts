"use client";

import { useCallback, useEffect, useRef, useState } from "react";

import { WS_URL } from "@/lib/environment";

export interface ChatLine {
  id: string;
  author: "you" | "assistant" | "error";
  text: string;
}

interface Reply {
  type: "reply" | "pong" | "error";
  text: string;
  nonce: string | null;
}

const RECONNECT_MS = 2_000;

let issued = 0;

// crypto.randomUUID would need a secure context, and an id here only has to differ from the others of this page
function nextId(): string {
  issued += 1;
  return `${Date.now().toString(36)}-${issued}`;
}

interface Chat {
  lines: ChatLine[];
  connected: boolean;
  waiting: boolean;
  send: (text: string) => void;
}

/** A conversation over one WebSocket, which is opened again after it closes. */
export function useChat(token: string): Chat {
  const [lines, setLines] = useState<ChatLine[]>([]);
  const [connected, setConnected] = useState(false);
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const socket = useRef<WebSocket | null>(null);

  useEffect(() => {
    let closed = false;
    let timer: ReturnType<typeof setTimeout>;

    function receive(event: MessageEvent<string>): void {
      const reply = JSON.parse(event.data) as Reply;
      const author = reply.type === "error" ? "error" : "assistant";
      setLines((before) => [...before, { id: nextId(), author, text: reply.text }]);
      setPending((before) => new Set([...before].filter((nonce) => nonce !== reply.nonce)));
    }

    function connect(): void {
      const opened = new WebSocket(`${WS_URL}?token=${encodeURIComponent(token)}`);
      socket.current = opened;
      opened.onopen = () => setConnected(true);
      opened.onmessage = receive;
      opened.onclose = () => {
        setConnected(false);
        setPending(new Set());
        if (!closed) {
          timer = setTimeout(connect, RECONNECT_MS);
        }
      };
    }

    connect();
    return () => {
      closed = true;
      clearTimeout(timer);
      socket.current?.close();
    };
  }, [token]);

  const send = useCallback((text: string) => {
    const nonce = nextId();
    socket.current?.send(JSON.stringify({ type: "message", text, nonce }));
    setLines((before) => [...before, { id: nonce, author: "you", text }]);
    setPending((before) => new Set([...before, nonce]));
  }, []);

  return { lines, connected, waiting: pending.size > 0, send };
}
