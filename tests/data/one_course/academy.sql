BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0007');
CREATE TABLE course_event (
	id INTEGER NOT NULL, 
	course VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	"by" VARCHAR(16) NOT NULL, 
	subject VARCHAR(64) NOT NULL, 
	person_id VARCHAR(16), 
	data JSON NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "course_event" VALUES(1,'small-course','came','p-a232ek','','p-a232ek','{}','2026-12-01 00:35:12.302534');
CREATE TABLE credential (
	id INTEGER NOT NULL, 
	person_id VARCHAR(16), 
	kind VARCHAR(8) NOT NULL, 
	digest BLOB NOT NULL, 
	generation INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME, 
	revoked_at DATETIME, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "credential" VALUES(1,'f-v3x961','link',X'D90002985E314687D49224973D10232A4CCC60B6CF2CD5F650605265DBFE22FA',1,'2026-12-01 00:34:59.830468',NULL,NULL);
INSERT INTO "credential" VALUES(2,'f-v3x961','code',X'DCED316A557ABAC47F2B48AE518CCAC93B5458E24B57F400C47B4A7B92B6A603',1,'2026-12-01 00:34:59.830473',NULL,NULL);
INSERT INTO "credential" VALUES(3,NULL,'join',X'8506E6BE1EBFF134608E9E8B23BB18B328F4B9FDC74309185779B435F63BC451',1,'2026-12-01 00:34:59.834575',NULL,NULL);
INSERT INTO "credential" VALUES(4,'p-a232ek','link',X'DFD86931849DF89A6CF3BC70BBD9CFC1E4FE29AF6ABBD4589B61F7067F3995DE',1,'2026-12-01 00:35:06.625657',NULL,NULL);
INSERT INTO "credential" VALUES(5,'p-a232ek','code',X'6DD198FBC624E10F9B7FCE4555240F466551B70F9F6657E2350FCA663750C396',1,'2026-12-01 00:35:06.625661',NULL,NULL);
INSERT INTO "credential" VALUES(6,'p-9qp14j','link',X'49D6C5449ACA5A74B99E7884F860ED1D8E6862711DA6408263BB08E6AC298175',1,'2026-12-01 00:35:07.197433',NULL,NULL);
INSERT INTO "credential" VALUES(7,'p-9qp14j','code',X'0324083D5D2DDD92C33C2D156D22D663F6CCC9FD174A579C562816F5B7371834',1,'2026-12-01 00:35:07.197439',NULL,NULL);
INSERT INTO "credential" VALUES(8,'p-118r9b','link',X'7786492009B2B9A77E94A6B9C27133F058EBF307162F50EC8F497B11657A20DA',1,'2026-12-01 00:35:07.791417',NULL,NULL);
INSERT INTO "credential" VALUES(9,'p-118r9b','code',X'6EB284A9E93D00EA4CA21264708A2A22B91120800DC0EB29EEBB73234F8155F7',1,'2026-12-01 00:35:07.791424',NULL,NULL);
INSERT INTO "credential" VALUES(10,'m-ygk8rd','link',X'AE4B8931FD2E971EC64A76F6A1B87C3A9F56BD44EFE5963646919E6D85E9B6DF',1,'2026-12-01 00:35:08.406210',NULL,NULL);
INSERT INTO "credential" VALUES(11,'m-ygk8rd','code',X'54DDAACA8945A4FF5E6BBD60CB16C9C7263AB008E90A831F6EEBC4E3273D1A18',1,'2026-12-01 00:35:08.406219',NULL,NULL);
CREATE TABLE ended_sign_in (
	mark VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (mark)
);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	course VARCHAR(64) NOT NULL, 
	person_id VARCHAR(16) NOT NULL, 
	exercise VARCHAR(64) NOT NULL, 
	submission INTEGER NOT NULL, 
	document JSON NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE live_activity (
	session_id INTEGER NOT NULL, 
	activity VARCHAR(64) NOT NULL, 
	phase VARCHAR(8) NOT NULL, 
	held BOOLEAN NOT NULL, 
	round INTEGER NOT NULL, 
	names VARCHAR(9) NOT NULL, 
	spec JSON, 
	ends_at DATETIME, tie VARCHAR(16), 
	PRIMARY KEY (session_id, activity), 
	FOREIGN KEY(session_id) REFERENCES live_session (id) ON DELETE CASCADE
);
CREATE TABLE live_answer (
	session_id INTEGER NOT NULL, 
	"key" VARCHAR(12) NOT NULL, 
	activity VARCHAR(64) NOT NULL, 
	round INTEGER NOT NULL, 
	who VARCHAR(40) NOT NULL, 
	ids JSON NOT NULL, 
	value JSON, 
	later JSON, 
	entered VARCHAR(40) NOT NULL, 
	came INTEGER, 
	PRIMARY KEY (session_id, "key"), 
	UNIQUE (session_id, activity, round, who), 
	FOREIGN KEY(session_id) REFERENCES live_session (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE live_event (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	rev INTEGER NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	"by" VARCHAR(16) NOT NULL, 
	"before" JSON NOT NULL, 
	undone BOOLEAN NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES live_session (id) ON DELETE CASCADE
);
INSERT INTO "live_event" VALUES(1,1,1,'start','f-v3x961','{}',1,'2026-12-01 00:35:21.884540');
CREATE TABLE live_mark (
	session_id INTEGER NOT NULL, 
	activity VARCHAR(64) NOT NULL, 
	item VARCHAR(80) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	merged VARCHAR(80), 
	answered BOOLEAN NOT NULL, 
	PRIMARY KEY (session_id, activity, item), 
	FOREIGN KEY(session_id) REFERENCES live_session (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE live_seat (
	session_id INTEGER NOT NULL, 
	who VARCHAR(16) NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	guest BOOLEAN NOT NULL, 
	removed BOOLEAN NOT NULL, 
	PRIMARY KEY (session_id, who), 
	FOREIGN KEY(session_id) REFERENCES live_session (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE live_session (
	id INTEGER NOT NULL, 
	course VARCHAR(64) NOT NULL, 
	webinar VARCHAR(64) NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	guests BOOLEAN NOT NULL, 
	current VARCHAR(64), 
	rev INTEGER NOT NULL, 
	"by" VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, scrub BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (code)
);
INSERT INTO "live_session" VALUES(1,'small-course','webinar-1','W5FZMD','live',0,NULL,1,'f-v3x961','2026-12-01 00:35:21.881518',0);
CREATE TABLE person (
	id VARCHAR(16) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	display_name VARCHAR(60) NOT NULL, 
	language VARCHAR(16), 
	time_zone VARCHAR(64), 
	session_epoch INTEGER NOT NULL, 
	generation INTEGER NOT NULL, 
	active BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "person" VALUES('f-v3x961','facilitator','Facilitator',NULL,NULL,1,1,1,'2026-12-01 00:34:59.826903');
INSERT INTO "person" VALUES('p-a232ek','participant','Amina',NULL,NULL,1,1,1,'2026-12-01 00:35:06.621012');
INSERT INTO "person" VALUES('p-9qp14j','participant','Bruno',NULL,NULL,1,1,1,'2026-12-01 00:35:07.193695');
INSERT INTO "person" VALUES('p-118r9b','participant','Carla',NULL,NULL,1,1,1,'2026-12-01 00:35:07.787379');
INSERT INTO "person" VALUES('m-ygk8rd','mentor','Maya',NULL,NULL,1,1,1,'2026-12-01 00:35:08.400562');
INSERT INTO "person" VALUES('t-zqx2hj','team','The two',NULL,NULL,1,1,1,'2026-12-01 00:35:09.065686');
CREATE TABLE person_private (
	person_id VARCHAR(16) NOT NULL, 
	email VARCHAR(254), 
	full_name VARCHAR(200), 
	groups JSON NOT NULL, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	UNIQUE (email)
);
INSERT INTO "person_private" VALUES('p-a232ek','amina@example.org','Amina Example','["North"]');
CREATE TABLE release (
	course VARCHAR(64) NOT NULL, 
	exercise VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (course, exercise)
);
INSERT INTO "release" VALUES('small-course','plan','2026-12-01 00:35:05.242210');
CREATE TABLE review (
	id INTEGER NOT NULL, 
	course VARCHAR(64) NOT NULL, 
	round VARCHAR(64) NOT NULL, 
	"key" VARCHAR(16) NOT NULL, 
	reviewer_id VARCHAR(16) NOT NULL, 
	author_id VARCHAR(16) NOT NULL, 
	submission INTEGER NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	expert BOOLEAN NOT NULL, 
	relaxed JSON NOT NULL, 
	at DATETIME NOT NULL, 
	lease_until DATETIME NOT NULL, 
	done_at DATETIME, 
	rev INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(reviewer_id) REFERENCES person (id), 
	FOREIGN KEY(author_id) REFERENCES person (id), 
	UNIQUE (course, round, reviewer_id, author_id), 
	UNIQUE (course, round, "key")
);
CREATE TABLE review_event (
	id INTEGER NOT NULL, 
	course VARCHAR(64) NOT NULL, 
	round VARCHAR(64) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	"by" VARCHAR(16) NOT NULL, 
	person_id VARCHAR(16), 
	review VARCHAR(16), 
	data JSON NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE revision (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	course VARCHAR(64) NOT NULL, 
	person_id VARCHAR(16) NOT NULL, 
	exercise VARCHAR(64) NOT NULL, 
	path VARCHAR(200) NOT NULL, 
	value JSON NOT NULL, 
	edit_id VARCHAR(64) NOT NULL, 
	base INTEGER NOT NULL, 
	device VARCHAR(64) NOT NULL, 
	edited_at DATETIME NOT NULL, 
	received_at DATETIME NOT NULL, author VARCHAR(16), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (course, person_id, edit_id)
);
INSERT INTO "revision" VALUES(1,'small-course','p-a232ek','plan','goal','"Reach night workers in the port"','1572f4af-c6dc-4b53-ae9f-272dd3a65d3d',0,'yhbtzy1p97bd','2026-12-01 00:35:12.687723','2026-12-01 00:35:13.310723',NULL);
CREATE TABLE setting (
	"key" VARCHAR(64) NOT NULL, 
	value JSON NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "setting" VALUES('course','"small-course"');
INSERT INTO "setting" VALUES('links.course_end','"2026-02-01T23:59:59.999999+00:00"');
INSERT INTO "setting" VALUES('join.open','true');
INSERT INTO "setting" VALUES('at_start','{"small-course": ["plan"]}');
INSERT INTO "setting" VALUES('links.url','"http://localhost:19418/"');
CREATE TABLE submission (
	id INTEGER NOT NULL, 
	course VARCHAR(64) NOT NULL, 
	person_id VARCHAR(16) NOT NULL, 
	exercise VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	rev INTEGER NOT NULL, 
	exercise_version VARCHAR(64) NOT NULL, 
	language VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(person_id) REFERENCES person (id), 
	UNIQUE (course, person_id, exercise, number), 
	UNIQUE (course, person_id, "key")
);
INSERT INTO "submission" VALUES(1,'small-course','p-a232ek','plan',1,'6464c6f0-fa77-41b6-90d1-28490e3bffd5',1,'bd11e355ce5f2f38','en','2026-12-01 00:35:15.281477');
CREATE TABLE team_member (
	person_id VARCHAR(16) NOT NULL, 
	team_id VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	FOREIGN KEY(team_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "team_member" VALUES('p-9qp14j','t-zqx2hj','2026-12-01 00:35:09.066972');
INSERT INTO "team_member" VALUES('p-118r9b','t-zqx2hj','2026-12-01 00:35:09.068291');
CREATE TABLE writing (
	person_id VARCHAR(16) NOT NULL, 
	minute INTEGER NOT NULL, 
	edits INTEGER NOT NULL, 
	bytes INTEGER NOT NULL, 
	PRIMARY KEY (person_id), 
	FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
INSERT INTO "writing" VALUES('p-a232ek',29934755,61,33);
CREATE UNIQUE INDEX ix_credential_kind_digest ON credential (kind, digest);
CREATE INDEX ix_credential_person_id ON credential (person_id);
CREATE INDEX ix_feedback_person_id ON feedback (person_id);
CREATE INDEX ix_revision_draft ON revision (course, person_id, exercise, path, edited_at, id);
CREATE INDEX ix_team_member_team_id ON team_member (team_id);
CREATE INDEX ix_review_author ON review (course, round, author_id);
CREATE INDEX ix_review_event_round ON review_event (course, round, kind);
CREATE INDEX ix_live_session_webinar ON live_session (course, webinar, state);
CREATE INDEX ix_live_event_session ON live_event (session_id, undone);
CREATE INDEX ix_course_event_kind ON course_event (course, kind);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('revision',1);
COMMIT;
