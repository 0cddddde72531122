"use client";

import { useEffect, useState } from "react";

import { Field } from "@/components/Field";
import { SubmitForm } from "@/components/SubmitForm";
import { createProject, deleteProject, listProjects, messageOf, type Project } from "@/lib/api";

export function ProjectBoard() {
  const [projects, setProjects] = useState<Project[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    listProjects().then(setProjects, (error) => setProblem(messageOf(error)));
  }, []);

  async function create(values: FormData) {
    const project = await createProject(String(values.get("name")), String(values.get("description")));
    setProjects((before) => [...(before ?? []), project]);
  }

  async function remove(id: number) {
    try {
      await deleteProject(id);
      setProjects((before) => before?.filter((project) => project.id !== id) ?? null);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  return (
    <>
      <SubmitForm action="Create project" onSubmit={create}>
        <Field name="name" label="Name" required maxLength={200} />
        <Field name="description" label="Description" maxLength={1000} />
      </SubmitForm>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      {projects && <ProjectList projects={projects} onRemove={remove} />}
    </>
  );
}

function ProjectList({ projects, onRemove }: { projects: Project[]; onRemove: (id: number) => void }) {
  if (projects.length === 0) {
    return <p className="hint">No projects yet.</p>;
  }
  return (
    <ul className="projects">
      {projects.map(({ id, name, description }) => (
        <li key={id} className="card">
          <div>
            <h2>{name}</h2>
            <p className="hint">{description}</p>
          </div>
          <button type="button" className="quiet" onClick={() => onRemove(id)}>
            Delete<span className="hidden"> {name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
