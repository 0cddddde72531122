/**
 * Where the backend is. Next.js writes these values into the bundle when it builds, so a missing one fails the build
 * instead of sending browsers to an address that only exists on a developer's machine.
 */

function required(name: string, value: string | undefined): string {
  if (!value) {
    throw new Error(`${name} must be set when the frontend is built`);
  }
  return value.replace(/\/$/, "");
}

// each name is spelled out: Next.js replaces only literal `process.env.NAME` expressions
export const API_URL = required("NEXT_PUBLIC_API_URL", process.env.NEXT_PUBLIC_API_URL);
export const WS_URL = required("NEXT_PUBLIC_WS_URL", process.env.NEXT_PUBLIC_WS_URL);
