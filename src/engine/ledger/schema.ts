/**
 * The ledger's tables. Costs are integer pico-dollars. `charge` repeats `at` so that sums over a period need no join.
 * Each entry of `migrations` takes the schema one version up; what has shipped is never edited.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    agent TEXT NOT NULL,
    identity TEXT NOT NULL,             -- device and inode
    head TEXT NOT NULL,                 -- lengths and hashes of the first bytes and of those before offset
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL,             -- 0 until it has been read to its end, -1 while it cannot be
    offset INTEGER NOT NULL,            -- read up to here, always after a line break
    line INTEGER NOT NULL,              -- whole lines before offset
    state TEXT,                         -- the parser's state as JSON
    calls INTEGER NOT NULL DEFAULT 0,   -- records of calls seen, copies included
    gone INTEGER NOT NULL DEFAULT 0     -- the agent has deleted it, or put another file in its place
  ) STRICT;
  CREATE UNIQUE INDEX file_living ON file (path) WHERE gone = 0;
  CREATE INDEX file_path ON file (path);
  CREATE INDEX file_identity ON file (identity);

  CREATE TABLE problem (
    file INTEGER NOT NULL REFERENCES file,
    offset INTEGER NOT NULL,
    line INTEGER NOT NULL,              -- lines before it; -1 for the file as a whole
    reason TEXT NOT NULL,
    PRIMARY KEY (file, offset)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE model (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE project (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE branch (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE rate (id TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    agent TEXT NOT NULL,
    key TEXT NOT NULL,                  -- the agent's own session id
    parent TEXT,
    project INTEGER REFERENCES project,
    file INTEGER REFERENCES file,       -- where its title can be read
    UNIQUE (agent, key)
  ) STRICT;
  CREATE INDEX session_parent ON session (agent, parent);

  CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,           -- UsageEvent.id
    grp TEXT NOT NULL,
    replay INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    at INTEGER NOT NULL,
    agent TEXT NOT NULL,
    provider TEXT NOT NULL,
    session INTEGER NOT NULL REFERENCES session,
    project INTEGER REFERENCES project,
    branch INTEGER REFERENCES branch,
    subagent TEXT,
    turn TEXT,
    effort TEXT,
    speed TEXT NOT NULL,
    tier TEXT NOT NULL,
    region TEXT,
    searches INTEGER NOT NULL,
    window INTEGER,                     -- the model's context window in tokens
    quality TEXT NOT NULL,
    file INTEGER NOT NULL REFERENCES file,
    offset INTEGER NOT NULL,
    line INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX call_grp ON call (grp);
  CREATE INDEX call_at ON call (at);
  CREATE INDEX call_session ON call (session, at);
  CREATE INDEX call_file ON call (file);

  CREATE TABLE charge (
    call INTEGER NOT NULL REFERENCES call ON DELETE CASCADE,
    part INTEGER NOT NULL,
    at INTEGER NOT NULL,
    model INTEGER NOT NULL REFERENCES model,
    input INTEGER NOT NULL,
    cache_read INTEGER NOT NULL,
    cache_write_5m INTEGER NOT NULL,
    cache_write_1h INTEGER NOT NULL,
    output INTEGER NOT NULL,
    thinking INTEGER,
    cost INTEGER,                       -- null: unpriced
    rate TEXT REFERENCES rate,
    c_input INTEGER, c_cache_read INTEGER, c_cache_write_5m INTEGER, c_cache_write_1h INTEGER, c_output INTEGER, c_fees INTEGER,
    PRIMARY KEY (call, part)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX charge_at ON charge (at);

  -- What each session last did; shared by every window's engine.
  CREATE TABLE activity (
    session INTEGER PRIMARY KEY REFERENCES session,
    kind TEXT NOT NULL,                 -- request, answer, turnStart, turnEnd
    at INTEGER NOT NULL,
    turn TEXT,
    subagent TEXT,                      -- which of its subagents did it; null on the main thread
    model TEXT,
    effort TEXT,
    max_output INTEGER,
    plan TEXT
  ) STRICT;

  -- The agent's own running totals, to prove what its call records lack.
  CREATE TABLE claim (
    session INTEGER NOT NULL REFERENCES session,
    model TEXT NOT NULL,
    at INTEGER NOT NULL,
    input INTEGER NOT NULL, cache_read INTEGER NOT NULL, cache_write_5m INTEGER NOT NULL, cache_write_1h INTEGER NOT NULL, output INTEGER NOT NULL,
    searches INTEGER NOT NULL,
    cost INTEGER,
    PRIMARY KEY (session, model)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What pre-flight asked about or refused, and what the user chose; of a prompt only that there was one.
  CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    agent TEXT NOT NULL,
    session TEXT NOT NULL,              -- the agent's own session id
    project TEXT,
    kind TEXT NOT NULL,                 -- prompt, nextCall, subagent, tool
    rule TEXT NOT NULL,
    action TEXT NOT NULL,               -- ask, deny
    choice TEXT,                        -- send, dontSend, always, none; null when there was none to make
    estimate INTEGER                    -- pico-dollars of the task; null when it was not estimated
  ) STRICT;
  CREATE INDEX decision_at ON decision (at);
  CREATE INDEX decision_session ON decision (session);
  `,
  `
  -- When a session's main thread was last replaced by a summary of it.
  CREATE TABLE compaction (session INTEGER PRIMARY KEY REFERENCES session, at INTEGER NOT NULL) STRICT;
  `,
];
