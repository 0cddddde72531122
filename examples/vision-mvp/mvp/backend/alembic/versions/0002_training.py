"""Create training configurations and runs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RUN_STATUS = sa.Enum("queued", "running", "finished", "failed", name="run_status")


def upgrade() -> None:
    op.create_table(
        "training_configs",
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("epochs", sa.Integer, nullable=False),
        sa.Column("learning_rate", sa.Float, nullable=False),
    )
    op.create_table(
        "training_runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("owner_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("dataset", sa.String(100), nullable=False),
        sa.Column("epochs", sa.Integer, nullable=False),
        sa.Column("learning_rate", sa.Float, nullable=False),
        sa.Column("status", RUN_STATUS, nullable=False),
        sa.Column("epochs_done", sa.Integer, nullable=False),
        sa.Column("loss", sa.Float, nullable=True),
        sa.Column("accuracy", sa.Float, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("training_runs")
    op.drop_table("training_configs")
    RUN_STATUS.drop(op.get_bind())
