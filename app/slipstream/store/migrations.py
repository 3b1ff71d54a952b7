"""The schema, as the steps that led to it. `PRAGMA user_version` counts how many a file has been through.

A migration is a function of the connection; its place in `MIGRATIONS` is its number. One that has been released
is never changed: a new one is added. Each runs in a transaction of its own, together with its number.
"""

import sqlite3
from collections.abc import Callable

from slipstream.store import indexes

APPLICATION_ID = 0x536C6970  # "Slip", so that `file` and others can tell whose database it is


def _first_form(connection: sqlite3.Connection) -> None:
    for statement in _FIRST_FORM:
        connection.execute(statement)


_FIRST_FORM = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    # `activity` grows with each message and orders the list: clocks go backwards. `settings` are those a
    # conversation has of its own, `unsent` is what was typed and not sent.
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        title TEXT NOT NULL,
        target TEXT,
        draft TEXT,
        settings TEXT NOT NULL DEFAULT '{}',
        unsent TEXT NOT NULL DEFAULT '',
        pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)),
        activity INTEGER NOT NULL,
        current_leaf INTEGER REFERENCES message (id) ON DELETE SET NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        deleted_at TEXT
    ) STRICT
    """,
    "CREATE INDEX conversation_by_activity ON conversation (activity)",
    "CREATE INDEX conversation_by_leaf ON conversation (current_leaf)",
    # A tree: an edit or another answer is a sibling. AUTOINCREMENT makes the id the sequence number: it grows and
    # is never used twice. The pair of keys keeps a parent in its own conversation.
    """
    CREATE TABLE message (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
        parent_id INTEGER,
        role TEXT NOT NULL CHECK (role IN ('system', 'user', 'assistant')),
        content TEXT NOT NULL,
        thinking TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL CHECK (state IN ('complete', 'streaming', 'interrupted')),
        created_at TEXT NOT NULL,
        UNIQUE (conversation_id, id),
        FOREIGN KEY (conversation_id, parent_id) REFERENCES message (conversation_id, id) ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE INDEX message_by_parent ON message (conversation_id, parent_id)",
    "CREATE INDEX message_streaming ON message (id) WHERE state = 'streaming'",
    # `message_id` is null for a run outside any conversation (a benchmark's). `target` and `draft` name the files for
    # lists and filters; `pair` tells all about the loaded models. `seed` is text: it may pass SQLite's 63 bits.
    # `text` is what this run wrote, tags included; the message may hold more (continued) or less (edited).
    # `metrics` is what core.metrics makes of the steps, kept so that a list of runs need not read them.
    """
    CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
        state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted')),
        target TEXT NOT NULL,
        draft TEXT,
        pair TEXT NOT NULL,
        build TEXT NOT NULL,
        request TEXT NOT NULL,
        seed TEXT,
        prompt_tokens INTEGER,
        reused_tokens INTEGER,
        prefill_ms REAL,
        draft_prefill_ms REAL,
        ttft_ms REAL,
        total_ms REAL,
        decode_ms REAL,
        stop_reason TEXT,
        text TEXT,
        metrics TEXT,
        notes TEXT NOT NULL DEFAULT '[]',
        interruption TEXT,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX run_by_message ON run (message_id)",
    "CREATE INDEX run_by_pair ON run (target, draft)",
    "CREATE INDEX run_running ON run (id) WHERE state = 'running'",
    # Numbers per token are packed (see packing.py); the pieces of text are JSON: [text, phase, origin, token].
    """
    CREATE TABLE step (
        run_id INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        drafter TEXT NOT NULL,
        rule TEXT NOT NULL,
        phase TEXT NOT NULL,
        position INTEGER NOT NULL,
        draft_limit INTEGER NOT NULL,
        accepted INTEGER NOT NULL,
        drafted BLOB NOT NULL,
        emitted BLOB NOT NULL,
        target_probs BLOB NOT NULL,
        draft_probs BLOB NOT NULL,
        draft_ms REAL NOT NULL,
        verify_ms REAL NOT NULL,
        sample_ms REAL NOT NULL,
        other_ms REAL NOT NULL,
        t_ms REAL NOT NULL,
        stop_reason TEXT,
        note TEXT NOT NULL,
        pieces TEXT NOT NULL,
        PRIMARY KEY (run_id, number)
    ) STRICT, WITHOUT ROWID
    """,
)


def _what_lossy_rules_let_through(connection: sqlite3.Connection) -> None:
    """Steps tell what the exact rule would have refused; all rules before this were lossless."""
    connection.execute("ALTER TABLE step ADD COLUMN refused REAL NOT NULL DEFAULT 0")


def _turns_that_are_changed(connection: sqlite3.Connection) -> None:
    """Answers that a person edited; messages that were removed and may come back; answers that were gone on with.

    `removed_with` names the message with which this one was removed; it is emptied at the next start. A run's text
    begins after `thinking_from` and `content_from` characters of its message. `inserted` are tokens that a step was
    given, `thinking_closed` tells who ended the thinking in the model's place.
    """
    for table, column in (
        ("message", "edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1))"),
        ("message", "removed_with INTEGER"),
        ("run", "thinking_from INTEGER NOT NULL DEFAULT 0"),
        ("run", "content_from INTEGER NOT NULL DEFAULT 0"),
        ("run", "thinking_closed TEXT"),
        ("step", "inserted BLOB NOT NULL DEFAULT x''"),
    ):
        connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    connection.execute(
        "CREATE INDEX message_removed ON message (removed_with) WHERE removed_with IS NOT NULL"
    )


def _search_folders_and_titles(connection: sqlite3.Connection) -> None:
    """Texts can be searched, conversations lie in folders, and titles know whether they are provisional."""
    for statement in _SEARCH_FOLDERS_AND_TITLES:
        connection.execute(statement)


# The index holds words and their places, not the texts: messages under their id, titles under the conversation's,
# negative. `prefix` makes two to four letters of a word as quick to find as all of it. What such an index is to
# forget has to be told to it word for word: `stale_words` keeps what it still holds of a row that has changed since
# (NULL: nothing), and the index is brought up to date before each commit (indexes.py). The triggers cannot do that
# themselves: a schema that is not trusted may not write to a virtual table. An answer is indexed when it is finished
# or cut short: while it is written, saving it costs nothing more.
_SEARCH_FOLDERS_AND_TITLES = (
    # `titled` is 0 while the title may still be made better by what is said. Those there are stay as they are.
    "ALTER TABLE conversation ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversation ADD COLUMN titled INTEGER NOT NULL DEFAULT 1 CHECK (titled IN (0, 1))",
    "UPDATE conversation SET titled = 0 WHERE title = ''",
    """
    CREATE VIRTUAL TABLE word_index USING fts5 (
        content, thinking, content = '', columnsize = 0, prefix = '2 3 4',
        tokenize = 'unicode61 remove_diacritics 2')
    """,
    "CREATE TABLE stale_words (id INTEGER PRIMARY KEY, content TEXT, thinking TEXT) STRICT",
    "INSERT INTO word_index (rowid, content, thinking) SELECT -id, title, '' FROM conversation",
    """
    INSERT INTO word_index (rowid, content, thinking)
    SELECT id, content, thinking FROM message WHERE state <> 'streaming'
    """,
    """
    CREATE TRIGGER title_added AFTER INSERT ON conversation BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (-new.id, NULL, NULL);
    END
    """,
    """
    CREATE TRIGGER title_changed AFTER UPDATE OF title ON conversation BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (-old.id, old.title, '');
    END
    """,
    """
    CREATE TRIGGER title_removed AFTER DELETE ON conversation BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (-old.id, old.title, '');
    END
    """,
    """
    CREATE TRIGGER message_added AFTER INSERT ON message WHEN new.state <> 'streaming' BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (new.id, NULL, NULL);
    END
    """,
    """
    CREATE TRIGGER message_changed AFTER UPDATE OF content, thinking, state ON message
    WHEN old.state <> 'streaming' BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (old.id, old.content, old.thinking);
    END
    """,
    """
    CREATE TRIGGER message_finished AFTER UPDATE OF state ON message
    WHEN old.state = 'streaming' AND new.state <> 'streaming' BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (old.id, NULL, NULL);
    END
    """,
    """
    CREATE TRIGGER message_removed AFTER DELETE ON message WHEN old.state <> 'streaming' BEGIN
        INSERT OR IGNORE INTO stale_words VALUES (old.id, old.content, old.thinking);
    END
    """,
)


def _scripts_without_spaces(connection: sqlite3.Connection) -> None:
    """Their characters are words of the index by themselves."""
    indexes.rebuild(connection)


def _benchmarks(connection: sqlite3.Connection) -> None:
    """Benchmarks are kept beside the conversations."""
    for statement in _BENCHMARKS:
        connection.execute(statement)


# `uid` tells a benchmark from all others: one may come from a file that is read again and again. `setup`, `plan` and
# `row` are JSON (core.benchmark); the numbers of a row are NULL for a prompt that could not be measured.
_BENCHMARKS = (
    """
    CREATE TABLE benchmark (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        target TEXT NOT NULL,
        draft TEXT,
        setup TEXT NOT NULL,
        plan TEXT NOT NULL,
        planned INTEGER NOT NULL,
        deleted_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE benchmark_row (
        id INTEGER PRIMARY KEY,
        benchmark_id INTEGER NOT NULL REFERENCES benchmark (id) ON DELETE CASCADE,
        prompt TEXT NOT NULL,
        digest TEXT NOT NULL,
        repeat INTEGER NOT NULL,
        kind TEXT NOT NULL,
        row TEXT NOT NULL,
        decode_log REAL,
        total_log REAL,
        drafted INTEGER,
        accepted INTEGER,
        steps INTEGER,
        UNIQUE (benchmark_id, prompt, digest, repeat)
    ) STRICT
    """,
)


def _comparisons(connection: sqlite3.Connection) -> None:
    """Comparisons are kept beside the conversations, and go with them."""
    for statement in _COMPARISONS:
        connection.execute(statement)


# `sides`, `setup` and `numbers` are JSON; so is `state`, what changes while it is written. Tokens and pieces are
# packed as those of steps. A row a segment; `comparison_end` is what comes after the last one.
_COMPARISONS = (
    """
    CREATE TABLE comparison (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL UNIQUE,
        conversation_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
        message_id INTEGER REFERENCES message (id) ON DELETE SET NULL,
        created_at TEXT NOT NULL,
        prompt TEXT NOT NULL,
        sides TEXT NOT NULL,
        stage TEXT NOT NULL,
        setup TEXT NOT NULL,
        state TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX comparison_by_conversation ON comparison (conversation_id)",
    "CREATE INDEX comparison_by_message ON comparison (message_id)",
    """
    CREATE TABLE comparison_segment (
        comparison_id INTEGER NOT NULL REFERENCES comparison (id) ON DELETE CASCADE,
        side INTEGER NOT NULL,
        pass INTEGER NOT NULL,
        number INTEGER NOT NULL,
        numbers TEXT NOT NULL,
        tokens BLOB NOT NULL,
        pieces TEXT NOT NULL,
        PRIMARY KEY (comparison_id, side, pass, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE comparison_end (
        comparison_id INTEGER NOT NULL REFERENCES comparison (id) ON DELETE CASCADE,
        side INTEGER NOT NULL,
        pass INTEGER NOT NULL,
        numbers TEXT NOT NULL,
        tokens BLOB NOT NULL,
        pieces TEXT NOT NULL,
        PRIMARY KEY (comparison_id, side, pass)
    ) STRICT, WITHOUT ROWID
    """,
)


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _first_form,
    _what_lossy_rules_let_through,
    _turns_that_are_changed,
    _search_folders_and_titles,
    _scripts_without_spaces,
    _benchmarks,
    _comparisons,
)
SCHEMA = len(MIGRATIONS)


def schema_of(connection: sqlite3.Connection) -> int:
    """How many migrations the file has been through; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file up to `SCHEMA`. Raises sqlite3.Error; then the last whole migration stands."""
    for number in range(schema_of(connection), SCHEMA):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[number](connection)
            connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
