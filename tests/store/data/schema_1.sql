-- A store as the version of schema 1 wrote it: a finished answer and one cut short (store_samples.ANSWER).
PRAGMA application_id = 1399613808;
PRAGMA user_version = 1;
PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
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
    ;
INSERT INTO "conversation" VALUES(1,'What is 2 + 2?',NULL,NULL,'{}','',0,5,4,'2026-11-23T18:59:05+00:00','2026-11-23T18:59:05+00:00',NULL);
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
    ;
INSERT INTO "message" VALUES(1,1,NULL,'user','What is 2 + 2?','','complete','2026-11-23T18:59:05+00:00');
INSERT INTO "message" VALUES(2,1,1,'assistant','It is 42.','Let me see.','complete','2026-11-23T18:59:05+00:00');
INSERT INTO "message" VALUES(3,1,2,'user','And 3 + 3?','','complete','2026-11-23T18:59:05+00:00');
INSERT INTO "message" VALUES(4,1,3,'assistant','','Let me see.
','interrupted','2026-11-23T18:59:05+00:00');
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
    ;
INSERT INTO "run" VALUES(1,2,'finished','target �.gguf','draft.gguf','{"target": {"path": "/models/target \udcff.gguf", "name": "Target", "description": "qwen2 1.5B", "n_params": 1500000000, "size_bytes": 986000000, "n_layers": 28, "gpu_layers": 29, "devices": ["CPU"], "n_vocab": 151936, "n_ctx_train": 32768}, "draft": {"path": "/models/draft.gguf", "name": "Draft", "description": "qwen2 0.5B", "n_params": 5, "size_bytes": 6, "n_layers": 24, "gpu_layers": 0, "devices": ["CPU", "GPU0"], "n_vocab": 151936, "n_ctx_train": 32768}, "draft_problem": null, "n_ctx": 4096, "threads": 2, "system_info": "AVX2 = 1", "opens_thinking": true, "template_problem": null}','llama-cpp-python 0.3.36','{"sampling": {"temperature": 0.0, "top_p": 0.95, "top_k": 0, "min_p": 0.0, "repeat_penalty": 1.0}, "speculation": {"drafting": "model", "draft_max": 4, "lookup": null, "accept": "lossless"}, "max_tokens": 100, "stop": ["\n\n", "END"]}','18446744073709551615',99,60,80.25,12.5,125.123456789,200.493827156,70.5,'end_of_turn','<think>
Let me see.
</think>
It is 42.','{"all": {"steps": 4, "emitted": 7, "drafted": 9, "accepted": 3, "positions": [{"drafted": 3, "reached": 3, "accepted": 2}, {"drafted": 3, "reached": 2, "accepted": 1}, {"drafted": 2, "reached": 1, "accepted": 0}, {"drafted": 1, "reached": 0, "accepted": 0}], "icl": {"p50": 25.123456789000002, "p95": 25.123456789000016, "p99": 25.123456789000016, "max": 25.123456789000016, "stalls": 0}, "tpot_ms": 12.561728394500003, "tokens_per_second": 79.6068796104394, "draft_ms": 9.9, "verify_ms": 81.2, "sample_ms": 2.8, "other_ms": 0.2}, "phases": {"think": {"steps": 2, "emitted": 4, "drafted": 4, "accepted": 2, "positions": [{"drafted": 1, "reached": 1, "accepted": 1}, {"drafted": 1, "reached": 1, "accepted": 1}, {"drafted": 1, "reached": 1, "accepted": 0}, {"drafted": 1, "reached": 0, "accepted": 0}], "icl": {"p50": 25.123456789000002, "p95": 25.123456789000002, "p99": 25.123456789000002, "max": 25.123456789000002, "stalls": 0}, "tpot_ms": 8.374485596333335, "tokens_per_second": 119.41031941565912, "draft_ms": 4.4, "verify_ms": 40.6, "sample_ms": 1.4, "other_ms": 0.1}, "answer": {"steps": 2, "emitted": 3, "drafted": 5, "accepted": 1, "positions": [{"drafted": 2, "reached": 2, "accepted": 1}, {"drafted": 2, "reached": 1, "accepted": 0}, {"drafted": 1, "reached": 0, "accepted": 0}], "icl": {"p50": 25.123456789000016, "p95": 25.123456789000016, "p99": 25.123456789000016, "max": 25.123456789000016, "stalls": 0}, "tpot_ms": 25.12345678900002, "tokens_per_second": 39.80343980521968, "draft_ms": 5.5, "verify_ms": 40.6, "sample_ms": 1.4, "other_ms": 0.1}}}','[]',NULL,'2026-11-23T18:59:05+00:00');
INSERT INTO "run" VALUES(2,4,'interrupted','target �.gguf','draft.gguf','{"target": {"path": "/models/target \udcff.gguf", "name": "Target", "description": "qwen2 1.5B", "n_params": 1500000000, "size_bytes": 986000000, "n_layers": 28, "gpu_layers": 29, "devices": ["CPU"], "n_vocab": 151936, "n_ctx_train": 32768}, "draft": {"path": "/models/draft.gguf", "name": "Draft", "description": "qwen2 0.5B", "n_params": 5, "size_bytes": 6, "n_layers": 24, "gpu_layers": 0, "devices": ["CPU", "GPU0"], "n_vocab": 151936, "n_ctx_train": 32768}, "draft_problem": null, "n_ctx": 4096, "threads": 2, "system_info": "AVX2 = 1", "opens_thinking": true, "template_problem": null}','llama-cpp-python 0.3.36','{"sampling": {"temperature": 0.0, "top_p": 0.95, "top_k": 0, "min_p": 0.0, "repeat_penalty": 1.0}, "speculation": {"drafting": "model", "draft_max": 4, "lookup": null, "accept": "lossless"}, "max_tokens": 100, "stop": ["\n\n", "END"]}','7',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','the engine died','2026-11-23T18:59:05+00:00');
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
    ;
INSERT INTO "step" VALUES(1,1,'none','match','think',101,4,0,X'',X'E8030000',X'',X'',0.0,20.3,0.7,0.05,125.123456789,NULL,'','[["Let","think","plain",10]]');
INSERT INTO "step" VALUES(1,2,'model','match','think',102,4,2,X'E8030000E9030000EA030000EB030000',X'E8030000E9030000EA030000',X'9A9999999999B93F5FF1155FF115CF3FF88AAFF88AAFD83FA10EEAA00EEAE03F',X'555555555555D53F000000000000F87F555555555555D53F000000000000F87F',4.4,20.3,0.7,0.05,150.246913578,NULL,'','[[" me","think","accepted",20],[" see.","think","accepted",21],["\n","think","recovered",22]]');
INSERT INTO "step" VALUES(1,3,'model','match','answer',103,4,1,X'E8030000E9030000',X'E8030000E9030000',X'9A9999999999B93F5FF1155FF115CF3F',X'555555555555D53F000000000000F87F',2.2,20.3,0.7,0.05,175.370370367,NULL,'','[["It","answer","accepted",30],[" is","answer","recovered",31]]');
INSERT INTO "step" VALUES(1,4,'model','match','answer',104,4,0,X'E8030000E9030000EA030000',X'E8030000',X'9A9999999999B93F5FF1155FF115CF3FF88AAFF88AAFD83F',X'555555555555D53F000000000000F87F555555555555D53F',3.30000000000000026645e+00,20.3,0.7,0.05,200.493827156,'end_of_turn','','[[" 4","answer","recovered",40],["2.","answer","recovered",40]]');
INSERT INTO "step" VALUES(2,1,'none','match','think',101,4,0,X'',X'E8030000',X'',X'',0.0,20.3,0.7,0.05,125.123456789,NULL,'','[["Let","think","plain",10]]');
INSERT INTO "step" VALUES(2,2,'model','match','think',102,4,2,X'E8030000E9030000EA030000EB030000',X'E8030000E9030000EA030000',X'9A9999999999B93F5FF1155FF115CF3FF88AAFF88AAFD83FA10EEAA00EEAE03F',X'555555555555D53F000000000000F87F555555555555D53F000000000000F87F',4.4,20.3,0.7,0.05,150.246913578,NULL,'','[[" me","think","accepted",20],[" see.","think","accepted",21],["\n","think","recovered",22]]');
CREATE INDEX conversation_by_activity ON conversation (activity);
CREATE INDEX conversation_by_leaf ON conversation (current_leaf);
CREATE INDEX message_by_parent ON message (conversation_id, parent_id);
CREATE INDEX message_streaming ON message (id) WHERE state = 'streaming';
CREATE INDEX run_by_message ON run (message_id);
CREATE INDEX run_by_pair ON run (target, draft);
CREATE INDEX run_running ON run (id) WHERE state = 'running';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('conversation',1);
INSERT INTO "sqlite_sequence" VALUES('message',4);
INSERT INTO "sqlite_sequence" VALUES('run',2);
COMMIT;
