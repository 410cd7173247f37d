BEGIN TRANSACTION;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);
INSERT INTO "alembic_version" VALUES('e43177bfe90b');
CREATE TABLE assignment (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	duedate DATETIME, 
	course_id VARCHAR(128) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name), 
	FOREIGN KEY(course_id) REFERENCES course (id)
);
INSERT INTO "assignment" VALUES('e9b10ed4d8cd45b5b947aebf2b180433','plan',NULL,'small-course');
CREATE TABLE base_cell (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	notebook_id VARCHAR(32) NOT NULL, 
	type VARCHAR(50), 
	PRIMARY KEY (id), 
	UNIQUE (name, notebook_id, type), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO "base_cell" VALUES('dc93397d2e73439bbe7a25dcfa5536a1','answers','e96854ffa8af4e1889ee14155a3fac95','GradeCell');
INSERT INTO "base_cell" VALUES('744e976542b64a8b95f5f6ca69ae6c3b','check-has-goal','e96854ffa8af4e1889ee14155a3fac95','GradeCell');
INSERT INTO "base_cell" VALUES('3efa3157a14f40fba54c41e4f623b9d1','check-steps','e96854ffa8af4e1889ee14155a3fac95','GradeCell');
INSERT INTO "base_cell" VALUES('2bf311503c27493390b24433423db6c2','answers','e96854ffa8af4e1889ee14155a3fac95','SolutionCell');
INSERT INTO "base_cell" VALUES('40d256d5f785400c9c370ddd66355d2c','criterion-clarity','e96854ffa8af4e1889ee14155a3fac95','TaskCell');
INSERT INTO "base_cell" VALUES('1174f98894db4a15ac2787bb52b5c951','criterion-reach','e96854ffa8af4e1889ee14155a3fac95','TaskCell');
CREATE TABLE comment (
	id VARCHAR(32) NOT NULL, 
	notebook_id VARCHAR(32), 
	cell_id VARCHAR(32), 
	auto_comment TEXT, 
	manual_comment TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (cell_id, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES submitted_notebook (id), 
	FOREIGN KEY(cell_id) REFERENCES base_cell (id)
);
INSERT INTO "comment" VALUES('3787963fedbd4cbb95ba794a9b305aab','89e56318030b4ecdbbec7411b80f3c3c','2bf311503c27493390b24433423db6c2',NULL,NULL);
INSERT INTO "comment" VALUES('841e53adad4d43b2b2c44f8585670579','89e56318030b4ecdbbec7411b80f3c3c','40d256d5f785400c9c370ddd66355d2c',NULL,NULL);
INSERT INTO "comment" VALUES('a44a75fe2d8b4c7db7da5048e62efbce','89e56318030b4ecdbbec7411b80f3c3c','1174f98894db4a15ac2787bb52b5c951',NULL,NULL);
CREATE TABLE course (
	id VARCHAR(128) NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (id)
);
INSERT INTO "course" VALUES('small-course');
INSERT INTO "course" VALUES('default_course');
CREATE TABLE grade (
	id VARCHAR(32) NOT NULL, 
	notebook_id VARCHAR(32), 
	cell_id VARCHAR(32), 
	auto_score FLOAT, 
	manual_score FLOAT, 
	extra_credit FLOAT, 
	needs_manual_grade BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (cell_id, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES submitted_notebook (id), 
	FOREIGN KEY(cell_id) REFERENCES base_cell (id)
);
INSERT INTO "grade" VALUES('9c77946ffb084bb4b1b0aa4154bace99','89e56318030b4ecdbbec7411b80f3c3c','dc93397d2e73439bbe7a25dcfa5536a1',0.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('6d018b101ac04fcfb4f5acbe2566c925','89e56318030b4ecdbbec7411b80f3c3c','744e976542b64a8b95f5f6ca69ae6c3b',2.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('3713a0e8ea984a81a1a6749565f5cd71','89e56318030b4ecdbbec7411b80f3c3c','3efa3157a14f40fba54c41e4f623b9d1',0.0,NULL,NULL,0);
INSERT INTO "grade" VALUES('2d0d1187ef2c4407a2cc2e6a3d630cca','89e56318030b4ecdbbec7411b80f3c3c','40d256d5f785400c9c370ddd66355d2c',NULL,NULL,NULL,1);
INSERT INTO "grade" VALUES('02823a4553374c3c8bf2dcb0505464bd','89e56318030b4ecdbbec7411b80f3c3c','1174f98894db4a15ac2787bb52b5c951',NULL,NULL,NULL,1);
CREATE TABLE grade_cells (
	id VARCHAR(32) NOT NULL, 
	max_score FLOAT NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO "grade_cells" VALUES('dc93397d2e73439bbe7a25dcfa5536a1',0.0,'markdown');
INSERT INTO "grade_cells" VALUES('744e976542b64a8b95f5f6ca69ae6c3b',2.0,'code');
INSERT INTO "grade_cells" VALUES('3efa3157a14f40fba54c41e4f623b9d1',3.0,'code');
CREATE TABLE notebook (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	assignment_id VARCHAR(32), 
	kernelspec VARCHAR(1024), 
	PRIMARY KEY (id), 
	UNIQUE (name, assignment_id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id)
);
INSERT INTO "notebook" VALUES('e96854ffa8af4e1889ee14155a3fac95','plan','e9b10ed4d8cd45b5b947aebf2b180433','{"display_name": "Python 3", "language": "python", "name": "python3"}');
CREATE TABLE solution_cells (
	id VARCHAR(32) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO "solution_cells" VALUES('2bf311503c27493390b24433423db6c2');
CREATE TABLE source_cell (
	id VARCHAR(32) NOT NULL, 
	name VARCHAR(128) NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	locked BOOLEAN NOT NULL, 
	source TEXT, 
	checksum VARCHAR(128), 
	notebook_id VARCHAR(32), 
	PRIMARY KEY (id), 
	UNIQUE (name, notebook_id), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO "source_cell" VALUES('b0de4bb7404e48eda59f9a3f94596083','introduction','markdown',1,'# A plan

Say what you will do.

## What was asked

Write a **goal**. Read <https://example.org> first.

## How to read this notebook

Below come the participant''s answers, exactly as they were written; then the checks, one sentence each; then the rubric, where your judgement is asked for. Participants do not see this page: they read points, levels and your comments in the course''s app.','718925ecdd2df7baca818da342637246','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('584c6a0a6dd940128121338ce9d61057','loader','code',1,'from academy_grading.sheet import open_sheet

sheet = open_sheet("answers.json", course="small-course", exercise="plan")','26123c0b7818e04d0f33e96dce675a4a','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('3e2bd60297f548048603cc5c00ece92d','answers','markdown',0,'YOUR ANSWER HERE','2101052a3bcaabf486bb221489d2244a','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('f6426cbb29a3439091fcf1c5dbdacfa7','checks','markdown',1,'## Checks

The kit gives these points by itself. Change them where you see it differently: your number counts.','9adad5ee8627f00e8b692c65594fcc60','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('cab7035cb0f5412c9d8508dd7abdd099','check-has-goal','code',1,'# A goal is written
sheet.check("has-goal")','7802fb39c8a0e37ac2fc6c2d80a8484e','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('e215cab948844129925644dc2b6f7e6a','check-steps','code',1,'# Three steps
sheet.check("steps")','739816cb16b6e7f15cc4893c0072655f','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('853e8779b3cc4da9be739a806fc178e9','rubric','markdown',1,'## Rubric

Read the answers and give each criterion a level from 1 to 4: the level is the number of points. Below each criterion there is room for a comment to the participant.','4351c9748ee60a02814fa27c614616d7','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('ce3efe293ca44aa5bef6ea7918bc3e26','criterion-clarity','markdown',1,'### Clarity

| Level | What you see |
|:-:|:--|
| 1 | Vague. |
| 2 | Getting there. |
| 3 | Clear. |
| 4 | Others could use it. |','42a726dfcf7d1f468e77271eb1409a0f','e96854ffa8af4e1889ee14155a3fac95');
INSERT INTO "source_cell" VALUES('b45db6c85df04c9091f55b42fd468601','criterion-reach','markdown',1,'### Reach

| Level | What you see |
|:-:|:--|
| 1 | Few. |
| 2 | Some. |
| 3 | Many. |
| 4 | Those left out. |','d75cd67cc9db33eef903c65bbe77cd5e','e96854ffa8af4e1889ee14155a3fac95');
CREATE TABLE student (
	id VARCHAR(128) NOT NULL, 
	first_name VARCHAR(128), 
	last_name VARCHAR(128), 
	email VARCHAR(128), 
	lms_user_id VARCHAR(128), 
	PRIMARY KEY (id)
);
INSERT INTO "student" VALUES('p-a232ek',NULL,NULL,NULL,NULL);
CREATE TABLE submitted_assignment (
	id VARCHAR(32) NOT NULL, 
	assignment_id VARCHAR(32), 
	student_id VARCHAR(128), 
	timestamp DATETIME, 
	extension DATETIME, 
	PRIMARY KEY (id), 
	UNIQUE (assignment_id, student_id), 
	FOREIGN KEY(assignment_id) REFERENCES assignment (id), 
	FOREIGN KEY(student_id) REFERENCES student (id)
);
INSERT INTO "submitted_assignment" VALUES('9c1e62c8a1ae4d4c9140038e619ac56c','e9b10ed4d8cd45b5b947aebf2b180433','p-a232ek','2026-12-01 00:35:15.281477',NULL);
CREATE TABLE submitted_notebook (
	id VARCHAR(32) NOT NULL, 
	assignment_id VARCHAR(32), 
	notebook_id VARCHAR(32), 
	flagged BOOLEAN, 
	late_submission_penalty FLOAT, 
	PRIMARY KEY (id), 
	UNIQUE (notebook_id, assignment_id), 
	FOREIGN KEY(assignment_id) REFERENCES submitted_assignment (id), 
	FOREIGN KEY(notebook_id) REFERENCES notebook (id)
);
INSERT INTO "submitted_notebook" VALUES('89e56318030b4ecdbbec7411b80f3c3c','9c1e62c8a1ae4d4c9140038e619ac56c','e96854ffa8af4e1889ee14155a3fac95',0,NULL);
CREATE TABLE task_cells (
	id VARCHAR(32) NOT NULL, 
	max_score FLOAT NOT NULL, 
	cell_type VARCHAR(8) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(id) REFERENCES base_cell (id)
);
INSERT INTO "task_cells" VALUES('40d256d5f785400c9c370ddd66355d2c',4.0,'markdown');
INSERT INTO "task_cells" VALUES('1174f98894db4a15ac2787bb52b5c951',4.0,'markdown');
COMMIT;
