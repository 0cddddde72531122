from __future__ import annotations

from tests.source.conftest import MakeTree
from tests.source.facts import only_app, route_names, sources_of
from wizard.source.fastapi_app import read_apps
from wizard.source.routes import BodyEncoding


def test_prefixes_add_up_through_imports_aliases_and_mounts(make_tree: MakeTree) -> None:
    tree = make_tree(
        {
            "requirements.txt": "fastapi",
            "app/__init__.py": "",
            "app/main.py": """
                from fastapi import FastAPI
                from . import routers
                from .settings import settings
                from app.routers import orders as o
                app = FastAPI()
                v1 = FastAPI()
                v1.include_router(routers.users_router, prefix="/users")
                app.mount("/v1", v1)
                app.include_router(o.router, prefix=settings.prefix + "/shop")
            """,
            "app/settings.py": """
                from pydantic_settings import BaseSettings
                class Settings(BaseSettings):
                    prefix: str = "/api"
                settings = Settings()
            """,
            "app/routers/__init__.py": "from .users import router as users_router\n",
            "app/routers/users.py": """
                import fastapi
                router: fastapi.APIRouter = fastapi.APIRouter(prefix="/all")
                @router.get("")
                def users(): ...
                @router.get("/{user_id:int}", include_in_schema=False)
                def user(user_id: int): ...
            """,
            "app/routers/orders.py": """
                from fastapi import APIRouter
                inner = APIRouter()
                router = APIRouter()
                @inner.websocket("/live")
                async def live(websocket): ...
                router.include_router(inner)
            """,
        }
    )
    assert route_names(tree) == {"GET /v1/users/all", "GET /v1/users/all/{user_id:int}", "WEBSOCKET /api/shop/live"}
    app = only_app(tree)
    assert app.target == "app.main:app"


def test_routers_that_include_each_other_end(make_tree: MakeTree) -> None:
    code = """
        from fastapi import APIRouter, FastAPI
        app, a = FastAPI(), APIRouter()
        app = FastAPI()
        a = APIRouter()
        b = APIRouter()
        a.include_router(b, prefix="/b")
        b.include_router(a, prefix="/a")
        app.include_router(a)
        @b.get("/x")
        def x(): ...
    """
    assert "GET /b/x" in route_names(make_tree({"main.py": code}))


def test_a_loop_over_routers_and_a_function_that_registers_them(make_tree: MakeTree) -> None:
    code = """
        from fastapi import APIRouter, FastAPI
        one = APIRouter(prefix="/one")
        two = APIRouter(prefix="/two")
        @one.get("/")
        def first(): ...
        @two.post("/")
        def second(): ...
        def register(target, prefix="/x"):
            for router in [one, two]:
                target.include_router(router)
        def make():
            service = FastAPI()
            register(target=service)
            return service
        served = make()
    """
    tree = make_tree({"main.py": code})
    assert route_names(tree) == {"GET /one/", "POST /two/"}
    assert only_app(tree).target == "main:served"


def test_starlette_routes(make_tree: MakeTree) -> None:
    code = """
        from starlette.applications import Starlette
        from starlette.routing import Mount, Route, WebSocketRoute
        async def home(request): ...
        async def live(websocket): ...
        app = Starlette(routes=[
            Route("/", home),
            Mount("/api", routes=[Route("/items", home, methods=["GET", "POST"]), WebSocketRoute("/live", live)]),
        ])
    """
    tree = make_tree({"main.py": code})
    assert route_names(tree) == {"GET /", "GET /api/items", "POST /api/items", "WEBSOCKET /api/live"}
    assert (only_app(tree).framework, only_app(tree).openapi_url) == ("starlette", None)


def test_bodies_and_parameters(make_tree: MakeTree) -> None:
    code = """
        from typing import Annotated, Optional
        from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, Path, Query, Request, UploadFile
        from pydantic import BaseModel, Field
        app = FastAPI()
        class Base(BaseModel):
            kind: str = "x"
        class Item(Base):
            name: str = Field(..., alias="itemName")
            price: Optional[float] = None
        def page(limit: int = 10, cursor: str = Query()): ...
        @app.post("/json/{id}")
        def json(id: int, item: Item, q: str, token: Annotated[str, Header()], s=Cookie("x"), p=Depends(page)): ...
        @app.post("/two")
        def two(item: Item, other: Base): ...
        @app.post("/form")
        def form(name: Annotated[str, Form()], age: int = Form(3)): ...
        @app.post("/file")
        def file(image: UploadFile, title: str = Form()): ...
        @app.post("/raw")
        async def raw(request: Request): ...
    """
    app = only_app(make_tree({"main.py": code}))
    json, two, form, file, raw = app.routes
    assert json.encoding is BodyEncoding.JSON
    assert [(one.name, one.required) for one in json.body] == [("kind", False), ("itemName", True), ("price", False)]
    assert [(one.name, one.where) for one in json.parameters] == [
        ("id", "path"),
        ("q", "query"),
        ("token", "header"),
        ("s", "cookie"),
        ("limit", "query"),
        ("cursor", "query"),
    ]
    assert json.required_query == ("q", "cursor")
    assert [(one.name, one.type) for one in two.body] == [("item", "Item"), ("other", "Base")]
    assert (form.encoding, [one.required for one in form.body]) == (BodyEncoding.FORM, [True, False])
    assert (file.encoding, [one.name for one in file.body]) == (BodyEncoding.MULTIPART, ["image", "title"])
    assert raw.encoding is BodyEncoding.UNKNOWN


def test_dependencies_of_application_router_and_handler_count(make_tree: MakeTree) -> None:
    code = """
        from fastapi import APIRouter, Depends, FastAPI, Security
        def a(): ...
        def b(): ...
        def c(x=Depends(b)): ...
        app = FastAPI(dependencies=[Depends(a)])
        router = APIRouter()
        @router.get("/x")
        def x(value=Security(c)): ...
        app.include_router(router)
    """
    (route,) = only_app(make_tree({"main.py": code})).routes
    assert set(route.dependencies) == {"main.a", "main.b", "main.c"}


def test_health_candidates_are_ranked_and_need_nothing(make_tree: MakeTree) -> None:
    code = """
        from fastapi import FastAPI
        app = FastAPI()
        @app.get("/api/v1/health")
        def deep(): ...
        @app.get("/health")
        def shallow(): ...
        @app.get("/ping")
        def ping(): ...
        @app.get("/status")
        def status(key: str): ...
    """
    candidates = only_app(make_tree({"main.py": code})).health_candidates()
    assert [one.path for one in candidates] == ["/health", "/api/v1/health", "/ping"]


def test_a_local_folder_without_init_does_not_hide_a_library(make_tree: MakeTree) -> None:
    files = {"fastapi/notes.py": "x = 1", "main.py": "from fastapi import FastAPI\napp = FastAPI()\n"}
    assert [app.target for app in read_apps(sources_of(make_tree(files)))] == ["main:app"]
