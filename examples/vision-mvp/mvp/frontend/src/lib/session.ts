"use client";

import { useSyncExternalStore } from "react";

const KEY = "vision-mvp.token";
const listeners = new Set<() => void>();

export function readToken(): string | null {
  return window.localStorage.getItem(KEY);
}

export function storeToken(token: string): void {
  window.localStorage.setItem(KEY, token);
  notify();
}

export function forgetToken(): void {
  window.localStorage.removeItem(KEY);
  notify();
}

/** The token of this browser: null when logged out, undefined while the server renders. */
export function useToken(): string | null | undefined {
  return useSyncExternalStore(subscribe, readToken, () => undefined);
}

function notify(): void {
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
