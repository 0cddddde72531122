"""Builds a deployment's image on this machine: a Dockerfile's meaning, or Railpack's rules, as a folder tree.

`build(request, log)` returns an `Image`; a build that fails raises `BuildFailed`. Layers are kept on disk by content,
so that unchanged dependencies are never installed twice.
"""

from __future__ import annotations

from wizard.standin.builder.build import build
from wizard.standin.builder.image import BuildFailed, BuildRequest, BuildSettings, Image
from wizard.standin.builder.paths import ImagePaths

__all__ = ["BuildFailed", "BuildRequest", "BuildSettings", "Image", "ImagePaths", "build"]
