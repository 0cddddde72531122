import type { Metadata } from "next";
import localFont from "next/font/local";
import type { ReactNode } from "react";

import { Navigation } from "@/components/Navigation";

import "./globals.css";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  display: "swap",
  variable: "--font-inter",
});

export const metadata: Metadata = {
  title: { default: "Vision MVP", template: "%s · Vision MVP" },
  description: "Projects, datasets and a vision assistant",
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={inter.variable}>
      <body>
        <Navigation />
        <main>{children}</main>
      </body>
    </html>
  );
}
