"""COPY and ADD: from the context, from another stage, from another image, or a document of the Dockerfile's own."""

from __future__ import annotations

import posixpath
from dataclasses import replace

from wizard.messages import message
from wizard.source.dockerfile import Heredoc, Instruction, substitute
from wizard.standin.builder.borrowing import from_image
from wizard.standin.builder.copying import with_parents, without
from wizard.standin.builder.image import BuildFailed
from wizard.standin.builder.stage_state import SHELL, StageState, title
from wizard.standin.builder.steps import CopyFiles, RunCommand, WriteFile


class CopyingStage(StageState):
    """A stage that files are copied into."""

    def copy(self, instruction: Instruction, *, unpack: bool = False) -> None:
        """Plan a COPY or an ADD."""
        *sources, target = self._words(instruction)
        shown = title(instruction)
        owner = substitute(instruction.flag("chown") or "", self._known(), escape=self._escape)
        if owner and not self._build.isolated:
            self.differences.append(message("builder.chown", owner=owner))
            owner = ""
        documents = {document.name for document in instruction.heredocs}
        files = [source for source in sources if source.lstrip("0123456789<-") not in documents]
        is_folder = target.endswith(("/", "/.")) or target == "."
        absolute = self._absolute(target)
        self.named.append(absolute)
        mode = self._mode(instruction, shown)
        action = CopyFiles(tuple(files), absolute, is_folder or len(sources) > 1, mode=mode, unpack=unpack, owner=owner)
        for document in instruction.heredocs:
            self._document(document, action)
        if files:
            self._copy_files(action, instruction, shown)

    def _mode(self, instruction: Instruction, shown: str) -> int | None:
        text = substitute(instruction.flag("chmod") or "0", self._known(), escape=self._escape)
        if set(text) - set("01234567"):
            raise BuildFailed(shown, (f"COPY --chmod={text} cannot be rehearsed here: only numbers can.",))
        return int(text, 8) or None

    def _document(self, document: Heredoc, copied: CopyFiles) -> None:
        content = document.content
        if document.expand:
            content = substitute(content.replace("'", "\\'").replace('"', '\\"'), self._known(), escape=self._escape)
        path = posixpath.join(copied.target, document.name) if copied.into else copied.target
        self._add(
            WriteFile(path, content, copied.mode, copied.owner), f"COPY <<{document.name}", path, content, copied.owner
        )

    def _copy_files(self, action: CopyFiles, instruction: Instruction, shown: str) -> None:
        excluded, parents = instruction.flags_named("exclude"), instruction.flag("parents") == "true"
        if (origin := instruction.flag("from")) is not None:
            if excluded or parents:
                raise BuildFailed(shown, ("COPY --from with --exclude or --parents cannot be rehearsed here.",))
            self.copy_from(substitute(origin, self._known() | self._build.globals, escape=self._escape), action, shown)
            return
        if any("://" in source or source.startswith("git@") for source in action.sources):
            raise BuildFailed(shown, ("ADD from an address cannot be rehearsed here: a rehearsal fetches nothing.",))
        resolved = tuple(path for source in action.sources for path in self._build.files.resolve(source, shown))
        files = tuple(file for path in resolved for file in self._build.files.below(path))
        folders = tuple(folder for path in resolved for folder in self._build.files.folders_below(path))
        into = action.into or len(resolved) > 1
        named, action = action.sources, replace(action, sources=resolved, files=files, folders=folders, into=into)
        action = without(action, excluded)
        for copied in with_parents(action, named) if parents else [action]:
            self._copy_context(copied, shown)

    def _copy_context(self, action: CopyFiles, shown: str) -> None:
        digests = [(file, self._build.keys.of_file(file)) for file in action.files]
        where = (action.sources, action.target, action.into, action.mode, action.unpack)
        self._add(action, shown, *where, digests, action.folders, action.owner)

    def copy_from(self, origin: str, action: CopyFiles, shown: str) -> None:
        """Copy from an earlier stage, or take an image's programs from a package registry."""
        index = self._build.stage_index(origin)
        if index is None:
            self._copy_from_image(origin, action, shown)
            return
        clean = tuple(posixpath.normpath("/" + source).lstrip("/") for source in action.sources)
        self.named += [f"/{path}" for path in clean]
        action = replace(action, sources=clean, stage=index)
        key = self._build.stages[index].last_key
        self._add(action, shown, key, clean, action.target, action.into, action.mode, action.owner)

    def _copy_from_image(self, origin: str, action: CopyFiles, shown: str) -> None:
        """Take uv, or Node.js, from the package index instead; other images have nothing that could be had here."""
        borrowed = from_image(origin, self.base, self._build.toolbox)
        if borrowed is None and "astral-sh/uv" in origin:
            self.differences.append(message("builder.uv-image", image=origin))
            run = RunCommand((*SHELL, "pip install -q uv"), self._known(), self._workdir, installs=True)
            self._add(run, shown, origin, action.target)
            return
        if borrowed is None:
            raise BuildFailed(shown, (f"COPY --from={origin} cannot be rehearsed here: the image is not here.",))
        self.differences += [item for item in borrowed.differences if item not in self.base.differences]
        before, self.base = self.base, borrowed
        if before.placed == borrowed.placed:
            return
        self._place(borrowed, before)
