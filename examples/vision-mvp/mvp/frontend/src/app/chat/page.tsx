"use client";

import { ChatPanel } from "@/components/ChatPanel";
import { Protected } from "@/components/Protected";

export default function ChatPage() {
  return (
    <>
      <h1>Chat</h1>
      <Protected>{(token) => <ChatPanel token={token} />}</Protected>
    </>
  );
}
