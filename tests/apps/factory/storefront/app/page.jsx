import { client } from "../lib/client";

export async function signIn(username, password) {
  const { data } = await client.post("/api/accounts/signin", { username, password });
  return data.token;
}

export default async function Page() {
  const profile = await client.get("/api/accounts/profile");
  return <p>{profile.data.username}</p>;
}
