"""Create accounts, projects and chat."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

USER_ROLE = sa.Enum("user", "admin", name="user_role")
MESSAGE_AUTHOR = sa.Enum("user", "assistant", name="message_author")


def _created_at() -> sa.Column:
    return sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False)


def _owner() -> sa.Column:
    return sa.Column("owner_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True)


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("email", sa.String(320), nullable=False, unique=True),
        sa.Column("hashed_password", sa.String(128), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=True),
        sa.Column("role", USER_ROLE, nullable=False),
        sa.Column("is_active", sa.Boolean, server_default=sa.true(), nullable=False),
        _created_at(),
    )
    op.create_table(
        "projects",
        sa.Column("id", sa.Integer, primary_key=True),
        _owner(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        _created_at(),
    )
    op.create_table(
        "chat_sessions",
        sa.Column("id", sa.Uuid, primary_key=True),
        _owner(),
        sa.Column("title", sa.String(200), nullable=False),
        _created_at(),
    )
    op.create_table(
        "chat_messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "session_id", sa.Uuid, sa.ForeignKey("chat_sessions.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("author", MESSAGE_AUTHOR, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _created_at(),
    )


def downgrade() -> None:
    for table in ("chat_messages", "chat_sessions", "projects", "users"):
        op.drop_table(table)
    MESSAGE_AUTHOR.drop(op.get_bind())
    USER_ROLE.drop(op.get_bind())
