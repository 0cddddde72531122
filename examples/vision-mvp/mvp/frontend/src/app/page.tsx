import Link from "next/link";

export default function HomePage() {
  return (
    <>
      <h1>See what your images say</h1>
      <p className="lead">Keep your vision projects together, train on small datasets, and ask the assistant.</p>
      <p className="actions">
        <Link href="/register" className="button">
          Create an account
        </Link>
        <Link href="/chat">Open the chat</Link>
      </p>
    </>
  );
}
