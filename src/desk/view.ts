/** What a page of the desk is made of. Each page is one file in `pages/`, one template, and a line in `views.ts`. */
import type { LoadedSettings } from '../app/last-good-config.js';
import type { Settings } from '../model/settings.js';
import type { Desk } from './desk.js';
import type { Form } from './form.js';

/** A request for a page. */
export interface PageVisit extends LoadedSettings {
  readonly desk: Desk;
  /** Names the state of the files that the page is made from. */
  readonly version: string;
  /** Hides values of the environment in messages and addresses. Never in fields, which are written back. */
  readonly hide: (text: string) => string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly signal: AbortSignal;
}

export interface Page {
  readonly title: string;
  /** Name of a template. */
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly status?: 200 | 400 | 404 | 409 | 422 | 500;
}

/** A change to make: it gets the current, valid settings. */
export interface Act {
  readonly settings: Settings;
  readonly desk: Desk;
  readonly form: Form;
  readonly signal: AbortSignal;
}

export interface Routes {
  /** Shows a page and changes nothing. */
  show(path: string, show: (visit: PageVisit) => Promise<Page | Response>): void;
  /** Answers a form and changes nothing: a preview, a request to another site. */
  answer(path: string, answer: (visit: PageVisit & { readonly form: Form }) => Promise<Page | Response>): void;
  /** Changes files. Resolves with what it did, for the message and the list of changes; then `back` is shown. */
  change(path: string, act: (act: Act) => Promise<string>, back: (form: Form) => string): void;
  /** Takes back the change with the id in the field `change`, and shows the page in the field `back`. */
  undo(path: string): void;
}

export interface View {
  /** Its first page, `/queue`. */
  readonly path: string;
  readonly label: string;
  readonly addRoutes: (routes: Routes) => void;
  /** A number beside its name in the menu; 0: none. */
  readonly count?: (visit: PageVisit) => Promise<number>;
}
