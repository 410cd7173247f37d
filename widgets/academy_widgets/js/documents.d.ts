// Made by tools/documents.py of academy/documents: change those, then run `make documents`.

export type ActivityState = { phase: "waiting" | "open" | "locked" | "revealed"; answered: number; };

export type AnswersFile = { kind: "academy-answers"; format: 1; ticket: SealedTicket; device: string; edits: Array<FileEdit>; };

export type Axes = { x: LiveAxis; y: LiveAxis; };

export type ChangeEvent = { rev: number; since: number; patch: Record<string, JsonValue>; };

export type CheckFeedback = { id: string; earned: number; points: number; title: string; hint: string; };

export type CommentFeedback = { cell: string; text: string; };

export type CountedResults = { n: number; counts: Record<string, number>; right?: Array<string>; };

export type CriterionFeedback = { id: string; score: number; points: number; comment: string; };

export type CurrentReply = { kind: "current"; n: number; ask?: number; };

export type DeskChange = { kind: "changed"; n: number; people?: Array<[string, string, string, string, string, number, number]>; gone?: Array<string>; teams?: Record<string, string>; opened?: Array<string>; things?: Array<TodoItem>; ends?: Record<string, string>; extensions?: Array<DeskExtension>; messages?: Array<DeskMessage>; };

export type DeskExercise = { id: string; title: string; module: string; round: boolean; private: boolean; };

export type DeskExtension = { id: number; module: string; days: number; person: string; };

export type DeskLanguage = { id: string; name: string; dir: string; };

export type DeskMessage = { id: number; by: string; person: string; texts: Record<string, string>; until: string; };

export type DeskModule = { id: string; title: string; mark: string; };

export type DeskPicture = { id: string; title: string; svg: string; sentence: string; head: Array<string>; rows: Array<Array<string>>; csv: string; };

export type DeskReply = CurrentReply | EverythingReply | PicturesReply | StopReply | DoneReply | NotDoneReply;

export type DeskState = { course: string; modules: Array<DeskModule>; languages: Array<DeskLanguage>; longest: number; grading: boolean; exercises: Array<DeskExercise>; people: Array<[string, string, string, string, string, number, number]>; teams: Record<string, string>; opened: Array<string>; things: Array<TodoItem>; ends: Record<string, string>; extensions: Array<DeskExtension>; messages: Array<DeskMessage>; n: number; };

export type DoneReply = { kind: "done"; text: string; changes?: DeskChange; ask?: number; };

export type DrawnPicture = { svg: string; sentence: string; head: Array<string>; rows: Array<Array<string>>; };

export type EverythingReply = { course: string; modules: Array<DeskModule>; languages: Array<DeskLanguage>; longest: number; grading: boolean; exercises: Array<DeskExercise>; people: Array<[string, string, string, string, string, number, number]>; teams: Record<string, string>; opened: Array<string>; things: Array<TodoItem>; ends: Record<string, string>; extensions: Array<DeskExtension>; messages: Array<DeskMessage>; n: number; kind: "all"; ask?: number; };

export type FeedbackDocument = { points: number; max_points: number; checks: Array<CheckFeedback>; rubric: Array<CriterionFeedback>; comments: Array<CommentFeedback>; submission: number; };

export type FieldType = "text" | "line" | "choice" | "multi" | "scale" | "number" | "date" | "table" | "bool" | "ref" | "computed" | "email";

export type FileEdit = { id: string; path: string; value: string | number | boolean | Array<string> | null; at: number; base: number; };

export type ItemResult = { text: string; n?: number; by?: string; column?: string; answered?: boolean; };

export type JsonValue = unknown;

export type KindKeys = { options?: Array<LiveOption>; list_name?: string | null; choose?: Array<number> | null; scale?: LiveScale; right?: Array<string>; why?: string; axes?: Axes | null; columns?: Array<LiveColumn>; words?: Most | null; points?: number; moderate?: "before" | "after" | "none"; };

export type LiveAxis = { title: string; least?: string; most?: string; };

export type LiveColumn = { id: string; title: string; help?: string; };

export type LiveKind = "choice" | "multi" | "scale" | "ranking" | "text" | "words" | "quiz" | "place" | "questions" | "cards" | "points";

export type LiveOption = { id: string; text: string; help?: string; why?: string; };

export type LiveScale = { least?: number; most?: number; low?: string; high?: string; };

export type ModeratedText = { id: string; text: string; column: string; by: string; state: "pending" | "shown" | "hidden"; n: number; merged: string | null; answered: boolean; };

export type Most = { most: number; };

export type NotDoneReply = { kind: "not-done"; text: string; ask?: number; };

export type PageShown = { id: string; code: string; title: string; summary: string; entries: Array<PassportEntry>; part: string | null; };

export type PassportCourse = { id: string; title: string; language: string; };

export type PassportDocument = { format: "academy-passport/1"; course: PassportCourse; title: string; holder: string; pages: Array<PageShown>; stamps: Array<PassportStamp>; again: Array<StaleAnswerShown>; thread: ThreadShown | null; answers: Record<string, Record<string, string | number | boolean | Array<string> | null>>; };

export type PassportEntry = { address: string; exercise: string; source: string; label: string; text: string; head: Array<string>; rows: Array<Array<string>>; picture: DrawnPicture | null; };

export type PassportStamp = { module: string; title: string; state: string; at: string | null; done: number; of: number; todo: Array<StampTodo>; };

export type PicturesReply = { kind: "pictures"; pictures: Array<DeskPicture>; ask?: number; };

export type PlaceResults = { n: number; things: Record<string, PlacedThing>; };

export type PlacedThing = { n: number; cells: Record<string, number>; x?: number; y?: number; };

export type PointsResults = { n: number; points: Record<string, number>; };

export type PresenterView = { rev: number; activity: string | null; items: Array<ModeratedText>; few: CountedResults | ScaleResults | RankingResults | PlaceResults | PointsResults | WrittenResults | null; people: Array<SeatView>; undo: string | null; };

export type PresentersNews = { lead: string | null; there: Record<string, string>; undo: UndoStep | null; };

export type RankingResults = { n: number; mean: Record<string, number>; spread: Record<string, number>; first: Record<string, number>; right?: Array<string>; placed?: Record<string, number>; exact?: number; };

export type RoomState = { phase: "waiting" | "open" | "locked" | "revealed"; names: "anonymous" | "named" | null; round: number; answered: number; held: boolean; timer_ends: number | null; results: CountedResults | ScaleResults | RankingResults | PlaceResults | PointsResults | WrittenResults | null; few: number | null; spot: Record<string, JsonValue> | null; rev: number; webinar: string; code: string; state: "live" | "home" | "closed"; begun: boolean; guests: boolean; now: number; people: number; activity: string | null; activities: Record<string, ActivityState>; };

export type ScaleResults = { n: number; counts: Record<string, number>; mean?: number; };

export type SealedTicket = { course: string; exercise: string; version: string; person: string; owner: string; issued: string; seal: string; };

export type SeatView = { who: string; name: string; guest: boolean; removed: boolean; };

export type StaleAnswerShown = { exercise: string; title: string; address: string; source: string; label: string; was: string; now: string; };

export type StampTodo = { exercise: string; title: string; open_places: number; begun: boolean; };

export type StopReply = { kind: "stop"; found: Array<StoppedWork>; ask?: number; };

export type StoppedWork = { by: string; about: string; answers: Array<[string, string]>; };

export type ThreadShown = { head: Array<string>; strands: Array<Array<Array<string>>>; missing: Array<string>; spine: number; };

export type TodoItem = { kind: string; text: string; count: number; exercise?: string; page?: string; command?: string; newest?: number; who?: Array<[string, string]>; };

export type UndoStep = { step: number; act: string; activity: string | null; from: string | null; who: string | null; };

export type WholeEvent = { rev: number; state: RoomState; };

export type WrittenResults = { n: number; items: Record<string, ItemResult>; more?: number; };
