import { API_URL } from "@/lib/environment";
import { forgetToken, readToken } from "@/lib/session";

export interface Project {
  id: number;
  name: string;
  description: string;
  created_at: string;
}

export interface Registration {
  email: string;
  password: string;
  full_name: string | null;
}

/** What the API refused, in words that a person may read. */
export class ApiError extends Error {}

export async function register(registration: Registration): Promise<void> {
  await call("/auth/register", json("POST", registration));
}

export async function logIn(email: string, password: string): Promise<string> {
  const body = new URLSearchParams({ username: email, password });
  const response = await call("/auth/login", { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

export async function logOut(): Promise<void> {
  await call("/auth/logout", { method: "POST" });
}

export async function listProjects(): Promise<Project[]> {
  return (await call("/projects")).json();
}

export async function createProject(name: string, description: string): Promise<Project> {
  return (await call("/projects", json("POST", { name, description }))).json();
}

export async function deleteProject(id: number): Promise<void> {
  await call(`/projects/${id}`, { method: "DELETE" });
}

function json(method: string, body: unknown): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const token = readToken();
  const headers = new Headers(init.headers);
  if (token) {
    headers.set("Authorization", `Bearer ${token}`);
  }
  const response = await fetch(`${API_URL}${path}`, { ...init, headers });
  if (response.status === 401 && token) {
    forgetToken();
  }
  if (!response.ok) {
    throw new ApiError(await reasonOf(response));
  }
  return response;
}

async function reasonOf(response: Response): Promise<string> {
  const body = (await response.json().catch(() => null)) as { detail?: unknown } | null;
  if (typeof body?.detail === "string") {
    return body.detail;
  }
  if (Array.isArray(body?.detail)) {
    return body.detail.map((problem: { msg: string }) => problem.msg).join("; ");
  }
  return `The server answered ${response.status}`;
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : "The server could not be reached";
}
