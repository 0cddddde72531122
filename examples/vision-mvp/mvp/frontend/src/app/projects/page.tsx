"use client";

import { ProjectBoard } from "@/components/ProjectBoard";
import { Protected } from "@/components/Protected";

export default function ProjectsPage() {
  return (
    <>
      <h1>Projects</h1>
      <Protected>{() => <ProjectBoard />}</Protected>
    </>
  );
}
