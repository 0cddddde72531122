"""Speaks raw GraphQL to a stand-in, as any client would, and holds small applications to deploy."""

from __future__ import annotations

import asyncio
import io
import tarfile
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self

import httpx

from wizard.standin.server import Standin

HELLO = """
import http.server, os, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = {"/": 200, "/health": 200, "/moved": 308}
        self.send_response(known.get(self.path, 404))
        self.end_headers()
        self.wfile.write(os.environ.get("GREETING", "hello").encode())

    def log_message(self, *words):
        print("served", self.path, flush=True)

print("listening", flush=True)
http.server.HTTPServer(("0.0.0.0", int(os.environ["PORT"])), Handler).serve_forever()
"""
HELLO_FILES = {"Dockerfile": "FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nCMD python app.py\n", "app.py": HELLO}


def archive(files: dict[str, str]) -> bytes:
    """Return a gzipped tar of these files, named as the platform's own CLI names them."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"./{name}")
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return buffer.getvalue()


async def eventually(question: Callable[[], Awaitable[Any]], seconds: float = 60) -> Any:
    """Ask until the answer is truthy and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := await question()):
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.03)
    return answer


class Api:
    """One client of a stand-in with one credential."""

    def __init__(self, standin: Standin, headers: dict[str, str] | None = None) -> None:
        self.standin = standin
        if headers is None:
            headers = {"Authorization": f"Bearer {standin.tokens.account}"}
        self.http = httpx.AsyncClient(headers=headers, timeout=90)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def post(self, query: str, **variables: Any) -> httpx.Response:
        return await self.http.post(self.standin.url, json={"query": query, "variables": variables})

    async def ask(self, query: str, **variables: Any) -> Any:
        body = (await self.post(query, **variables)).json()
        assert "errors" not in body, body
        return body["data"]

    async def refusal(self, query: str, **variables: Any) -> str:
        body = (await self.post(query, **variables)).json()
        return str(body["errors"][0]["message"])

    async def control(self, name: str) -> Any:
        return (await self.http.get(f"{self.standin.control_url}/{name}")).json()

    async def workspace(self) -> str:
        return str((await self.ask("{ apiToken { workspaces { id } } }"))["apiToken"]["workspaces"][0]["id"])

    async def project(self, name: str = "shop") -> tuple[str, str]:
        """Create a project; returns its id and its production environment's."""
        text = """mutation($input: ProjectCreateInput!) {
            projectCreate(input: $input) { id environments { edges { node { id name } } } } }"""
        made = (await self.ask(text, input={"name": name, "workspaceId": await self.workspace()}))["projectCreate"]
        return made["id"], made["environments"]["edges"][0]["node"]["id"]

    async def service(self, project: str, name: str = "web", **more: Any) -> str:
        text = "mutation($input: ServiceCreateInput!) { serviceCreate(input: $input) { id } }"
        return str((await self.ask(text, input={"projectId": project, "name": name, **more}))["serviceCreate"]["id"])

    async def configure(self, service: str, environment: str, **settings: Any) -> None:
        text = """mutation($service: String!, $environment: String!, $input: ServiceInstanceUpdateInput!) {
            serviceInstanceUpdate(serviceId: $service, environmentId: $environment, input: $input) }"""
        await self.ask(text, service=service, environment=environment, input=settings)

    async def set(self, scope: tuple[str, str, str | None], *, skip: bool = True, **variables: str) -> None:
        project, environment, service = scope
        given = {"projectId": project, "environmentId": environment, "serviceId": service, "skipDeploys": skip}
        text = "mutation($input: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $input) }"
        await self.ask(text, input={**given, "variables": variables})

    async def variables(self, scope: tuple[str, str, str | None], *, unrendered: bool = False) -> dict[str, str]:
        project, environment, service = scope
        text = """query($p: String!, $e: String!, $s: String, $u: Boolean) {
            variables(projectId: $p, environmentId: $e, serviceId: $s, unrendered: $u) }"""
        found = await self.ask(text, p=project, e=environment, s=service, u=unrendered)
        return dict(found["variables"])

    async def domain(self, service: str, environment: str, **more: Any) -> dict[str, Any]:
        text = """mutation($input: ServiceDomainCreateInput!) {
            serviceDomainCreate(input: $input) { id domain suffix syncStatus targetPort } }"""
        given = {"serviceId": service, "environmentId": environment, **more}
        return dict((await self.ask(text, input=given))["serviceDomainCreate"])

    async def upload(
        self, scope: tuple[str, str, str], files: dict[str, str] | bytes, message: str = "v1"
    ) -> httpx.Response:
        project, environment, service = scope
        origin = self.standin.url.removesuffix("/graphql/v2")
        content = files if isinstance(files, bytes) else archive(files)
        return await self.http.post(
            f"{origin}/project/{project}/environment/{environment}/up",
            params={"serviceId": service, "message": message},
            content=content,
            headers={"Content-Type": "application/gzip"},
        )

    async def deployed(self, scope: tuple[str, str, str], files: dict[str, str], status: str = "SUCCESS") -> str:
        """Upload and wait for the end; returns the deployment's id."""
        response = await self.upload(scope, files)
        assert response.status_code == 200, response.text
        id_ = str(response.json()["deploymentId"])
        await self.reaches(id_, status)
        return id_

    async def status(self, deployment: str) -> str:
        found = await self.ask("query($id: String!) { deployment(id: $id) { status } }", id=deployment)
        return str(found["deployment"]["status"])

    async def reaches(self, deployment: str, status: str) -> None:
        """Wait until the deployment has the status; another end fails with its logs."""

        async def there() -> bool:
            now = await self.status(deployment)
            if now != status and now in {"FAILED", "CRASHED"}:
                raise AssertionError(
                    (now, await self.logs("buildLogs", deployment), await self.logs("deploymentLogs", deployment))
                )
            return now == status

        await eventually(there)

    async def logs(self, root: str, deployment: str, **more: Any) -> list[str]:
        text = f"""query($id: String!, $limit: Int, $filter: String) {{
            {root}(deploymentId: $id, limit: $limit, filter: $filter) {{ message }} }}"""
        found = await self.ask(text, id=deployment, **more)
        return [line["message"] for line in found[root]]

    async def get(self, domain: str, path: str = "/") -> httpx.Response:
        """Ask a public domain, resolved to loopback as browsers do."""
        name, _, port = domain.partition(":")
        return await self.http.get(f"http://127.0.0.1:{port}{path}", headers={"Host": name, "Authorization": ""})
