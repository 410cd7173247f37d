// What nbgrader's scripts leave in the window, as far as ours use it.
interface Model {
  get(name: string): any;
  set(values: Record<string, unknown>, options?: object): void;
  save(values?: Record<string, unknown>): void;
  trigger(event: string, ...more: unknown[]): void;
  toJSON(): Record<string, any>;
  sync(method: string, model: Model, options: any): unknown;
  kept?: Record<string, unknown>;
  sending?: boolean;
  again?: any;
}
interface Collection {
  loaded: boolean;
  on(events: string, heard: (...more: any[]) => void): void;
  each(work: (model: Model) => void): void;
}
interface View {
  model: Model;
  $el: any;
  render(): void;
  save(): void;
}
declare const $: any;
declare const autosize: { update(element: Element): void };
declare const Backbone: { sync(method: string, model: Model, options: any): any };
declare const Grade: { prototype: Model };
declare const GradeUI: { prototype: { save(): void } };
declare const FormGrader: { prototype: any };
declare const formgrader: {
  grades: Collection;
  comments: Collection;
  grade_uis: View[];
  comment_uis: View[];
  last_selected: any;
  keyboard_manager: { handlers: Record<string, Record<string, unknown>>; help: Record<string, string>; register(binding: object): void };
  setCurrentIndex(): void;
  navigateTo(place: string): string;
};
declare function follow(collection: Collection, views: () => View[], name: string, changed: () => void): void;
declare function whenSaved(work: () => void): void;
declare function toggleAllNames(): void;
declare function createAssignmentModal(): void;
declare function createStudentModal(): void;
