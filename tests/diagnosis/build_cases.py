"""Logs of image builders, npm, pnpm, Next.js and TypeScript."""

# ruff: noqa: E501 - log lines are as long as their programs write them

from __future__ import annotations

from tests.diagnosis.cases import Case

COPY = """ => ERROR [4/7] COPY {source} .
failed to solve: failed to compute cache key: failed to calculate checksum of ref 7da38710::mf6s0i1: "/{path}": not found"""
TURBOPACK = """./src/app/layout.tsx:2:1
Module not found: Can't resolve 'clsx'
  1 | import type { X } from "react";
> 2 | import clsx from "clsx";"""
LOCK = """npm error code EUSAGE
npm error
npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.
npm error
npm error Missing: clsx@2.1.1 from lock file"""
TYPES = """Failed to compile.

./src/app/layout.tsx:12:5
Type error: Property 'nope' does not exist on type 'Props'.

  11 | export default function Layout(props: Props) {
> 12 |   return props.nope;"""
NEXT = 'You are using Node.js 18.19.0. For Next.js, Node.js version ">=20.9.0" is required.'
PAGE = """Error occurred prerendering page "/login". Read more: https://nextjs.org/docs/messages/prerender-error
TypeError: Cannot read properties of undefined (reading 'map')
    at k (.next/server/app/login/page.js:1:2345)"""

CASES = [
    Case(
        recogniser="copy",
        cause="copy-outside",
        build=COPY.format(source="../shared", path="shared"),
        says=("api/Dockerfile:4", "../shared", "lies in shared", "outside api", 'root = "."', "move shared into api"),
        shows="COPY ../shared ./shared",
    ),
    Case(
        recogniser="copy",
        cause="copy-ignored",
        build=COPY.format(source="models.bin", path="models.bin"),
        says=("api/Dockerfile:5", "api/.dockerignore:2", "`!models.bin`"),
        shows="*.bin",
    ),
    Case(
        recogniser="copy",
        cause="copy-absent",
        build=COPY.format(source="secrets.txt", path="secrets.txt"),
        says=("api/Dockerfile:6", "no such file", ".gitignore"),
        shows="COPY secrets.txt .",
    ),
    Case(
        recogniser="dockerfile-missing",
        cause="dockerfile-missing",
        build="Dockerfile `docker/Dockerfile` does not exist",
        says=("docker/Dockerfile", "below api"),
        shows="does not exist",
    ),
    Case(
        recogniser="dockerfile-syntax",
        cause="dockerfile-syntax",
        build="failed to solve: dockerfile parse error on line 7: unknown instruction: RUNN",
        says=("Line 7", "RUNN"),
        shows="parse error",
    ),
    Case(
        recogniser="dockerfile-syntax",
        cause="dockerfile-syntax",
        build="Dockerfile: dockerfile parse error: Line 8: COPPY is no Dockerfile instruction.",
        says=("Line 8", "COPPY"),
        shows="parse error",
    ),
    Case(
        recogniser="base-image",
        cause="base-image",
        build="ERROR: failed to solve: python:3.99-slim: failed to resolve source metadata for "
        "docker.io/library/python:3.99-slim: docker.io/library/python:3.99-slim: not found",
        says=("docker.io/library/python:3.99-slim",),
        shows="failed to resolve",
    ),
    Case(
        recogniser="package-missing",
        cause="package-missing",
        build=TURBOPACK,
        says=("api/src/app/layout.tsx:2", "`npm install clsx`", "api/package.json"),
        shows="Can't resolve 'clsx'",
    ),
    Case(
        recogniser="package-missing",
        cause="package-missing",
        deploy="Error: Cannot find module '@acme/ui/button'\nRequire stack:\n- /app/server.js",
        says=("@acme/ui",),
        shows="Cannot find module",
    ),
    Case(
        recogniser="package-missing",
        cause="package-not-installed",
        build="./src/app/layout.tsx:1:1\nModule not found: Can't resolve 'react/nope'",
        says=("names react",),
        shows="react/nope",
    ),
    Case(
        recogniser="package-missing",
        cause="file-unresolved",
        build="./src/app/layout.tsx\nModule not found: Error: Can't resolve '@/lib/Api' in '/app/src/app'",
        says=("@/lib/Api", "capital letters"),
        shows="@/lib/Api",
    ),
    Case(recogniser="lock-behind", cause="lock-behind", build=LOCK, says=("npm install",), shows="Missing: clsx@2.1.1"),
    Case(
        recogniser="lock-behind",
        cause="lock-behind",
        build='ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile"',
        shows="OUTDATED",
    ),
    Case(
        recogniser="lock-missing",
        cause="lock-missing",
        build="npm error The `npm ci` command can only install with an existing package-lock.json or",
        says=("package-lock.json",),
        shows="existing package-lock.json",
    ),
    Case(
        recogniser="package-unknown",
        cause="package-unknown",
        build="npm error code E404\nnpm error 404  '@acme/private@^1.0.0' is not in this registry.",
        says=("@acme/private",),
        shows="not in this registry",
    ),
    Case(
        recogniser="package-unknown",
        cause="package-unknown",
        build="npm error code ETARGET\nnpm error notarget No matching version found for next@99.0.0.",
        says=("next@99.0.0",),
        shows="No matching version",
    ),
    Case(
        recogniser="package-peers",
        cause="package-peers",
        build="npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree\nnpm error\n"
        'npm error Found: react@19.3.1\nnpm error Could not resolve dependency: peer react@"^18" from old@1',
        says=("both accept",),
        shows='peer react@"^18"',
    ),
    Case(
        recogniser="script-missing",
        cause="script-missing",
        build='npm error Missing script: "build"',
        says=("`build`", "build_command"),
        shows="Missing script",
    ),
    Case(recogniser="node-version", cause="node-version", build=NEXT, says=("18.19.0", ">=20.9.0"), shows="Node.js 18"),
    Case(
        recogniser="font",
        cause="font",
        build="src/app/layout.tsx\n`next/font` error:\nFailed to fetch `Inter` from Google Fonts.\n",
        says=("Inter", "next/font/local"),
        shows="Google Fonts",
    ),
    Case(
        recogniser="types",
        cause="types",
        build=TYPES,
        says=("src/app/layout.tsx:12", "Property 'nope'", "tsc --noEmit"),
        shows="return props.nope",
    ),
    Case(
        recogniser="types",
        cause="types",
        build="src/lib/env.ts(3,7): error TS2304: Cannot find name 'foo'.",
        says=("src/lib/env.ts", "Cannot find name 'foo'"),
        shows="TS2304",
    ),
    Case(
        recogniser="suspense",
        cause="suspense",
        build=' ⨯ useSearchParams() should be wrapped in a suspense boundary at page "/login". Read more: x',
        says=("/login", "useSearchParams", "<Suspense>"),
        shows="suspense boundary",
    ),
    Case(recogniser="prerender", cause="prerender", build=PAGE, says=("/login",), shows="reading 'map'"),
    Case(
        recogniser="not-built",
        cause="not-built",
        deploy="Error: Could not find a production build in the '.next' directory. Try building your app with 'next build'",
        says=(".next", "build_command"),
        shows="production build",
    ),
    Case(
        recogniser="swc",
        cause="swc",
        build="Failed to load SWC binary for linux/x64, see more info here: https://nextjs.org/docs",
        says=("linux/x64", "lock file"),
        shows="SWC",
    ),
    Case(
        recogniser="command-failed",
        cause="command-failed",
        build="Collecting data\nmake: *** [Makefile:3: all] Error 2\n"
        'ERROR: failed to build: failed to solve: process "/bin/sh -c make all" did not complete successfully: exit code: 2',
        deploy='Deployment failed: process "/bin/sh -c make all" did not complete successfully: exit code: 2',
        says=("`make all`", "code 2"),
        shows="make: ***",
    ),
]
