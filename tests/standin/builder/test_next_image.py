"""The Dockerfile that Next.js publishes, built from a Node base image in the best tier of this machine, and asked."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from wizard.clock import SystemClock
from wizard.standin.builder import BuildRequest, BuildSettings
from wizard.standin.processes import LogLine
from wizard.standin.runner import Launch, Tier, probe
from wizard.standin.settings import TierName
from wizard.standin.tiers import Ground, choose_tier

DOCKERFILE = """
FROM node:22-alpine AS base

FROM base AS deps
RUN apk add --no-cache libc6-compat
WORKDIR /app
COPY package.json yarn.lock* package-lock.json* pnpm-lock.yaml* .npmrc* ./
RUN \\
  if [ -f yarn.lock ]; then yarn --frozen-lockfile; \\
  elif [ -f pnpm-lock.yaml ]; then corepack enable pnpm && pnpm i --frozen-lockfile; \\
  else npm install --no-audit; \\
  fi

FROM base AS builder
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY . .
ARG NEXT_PUBLIC_API_URL
RUN npm run build

FROM base AS runner
WORKDIR /app
ENV NODE_ENV=production
RUN addgroup --system --gid 1001 nodejs
RUN adduser --system --uid 1001 nextjs
COPY --from=builder --chown=nextjs:nodejs /app/.next/standalone ./
COPY --from=builder --chown=nextjs:nodejs /app/.next/static ./.next/static
USER nextjs
EXPOSE 3000
ENV HOSTNAME="0.0.0.0"
CMD ["node", "server.js"]
"""
FILES = {
    "Dockerfile": DOCKERFILE,
    ".dockerignore": "node_modules\n.next\nDockerfile\n",
    "package.json": json.dumps(
        {
            "name": "x",
            "private": True,
            "scripts": {"build": "next build"},
            "dependencies": {"next": "16.4.5", "react": "19.2.0", "react-dom": "19.2.0"},
        }
    ),
    "next.config.mjs": "export default { output: 'standalone' }\n",
    "app/layout.jsx": "export default function Layout({ children }) { return <html><body>{children}</body></html> }\n",
    "app/page.jsx": "export default function Page() { return <p>{process.env.NEXT_PUBLIC_API_URL}</p> }\n",
}


@pytest.fixture
async def tier(tmp_path: Path, shared_cache: Path) -> AsyncIterator[Tier]:
    (tmp_path / "records").mkdir()
    chosen, _ = await choose_tier(TierName.AUTO, Ground(shared_cache / "next", tmp_path, "next-tests"))
    await chosen.prepare()
    yield chosen
    await chosen.close()


@pytest.mark.full
async def test_the_published_dockerfile_of_nextjs(tier: Tier, tmp_path: Path) -> None:
    lines: list[str] = []

    def log(line: LogLine) -> None:
        lines.append(line.text)

    context = tmp_path / "context"
    for name, text in FILES.items():
        (context / name).parent.mkdir(parents=True, exist_ok=True)
        (context / name).write_text(text)
    isolated = tier.name != TierName.PROCESS
    request = BuildRequest(
        context,
        BuildSettings(),
        {"NEXT_PUBLIC_API_URL": "https://api.example.org"},
        tier.cache,
        tmp_path / "work",
        "next-tests",
        records=tier.records,
        isolated=isolated,
        tools=user_cache_path("railwizard") / "tools",
    )
    image = await tier.build(request, log)
    told = [item.id for item in image.differences]
    assert "builder.musl" in told
    assert {"builder.fetched", "builder.other-node"} & set(told) or shutil.which("node")
    assert image.user == ("nextjs" if isolated else "")
    launch = Launch(tmp_path / "deployment", {}, 3999, network="next", name="next")
    instance = await tier.start(image, launch, log)
    healthy = await probe(
        [lambda: instance.address], "/", window=30, clock=SystemClock(), log=log, running=lambda: instance.running
    )
    await instance.stop(2)
    assert healthy, lines
