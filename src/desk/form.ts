/** The fields of a submitted form. */

/** What a page reports to the editor as a mistake in a form. */
export class FormError extends Error {
  override readonly name = 'FormError';
}

type FormPage = Readonly<Record<'title' | 'template', string>> & { readonly data: Readonly<Record<string, unknown>> };

/** A form that was not saved. A page shows its fields again; its buttons replace the field with the text `asked`. */
export class UnsavedForm extends Error {
  constructor(readonly page: FormPage) {
    super(page.title);
  }
}

export class Form {
  readonly #fields: URLSearchParams;

  constructor(body: string) {
    this.#fields = new URLSearchParams(body);
  }

  /** Trimmed, with line feeds only; empty if it is missing. */
  text(name: string): string {
    return (this.#fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  }

  /** Throws FormError if it is empty. */
  required(name: string, what: string): string {
    const text = this.text(name);
    if (text === '') throw new FormError(`${what} is missing.`);
    return text;
  }

  all(name: string): string[] {
    return this.#fields.getAll(name).filter((value) => value !== '');
  }

  has(name: string): boolean {
    return this.#fields.has(name);
  }

  /** All fields as submitted, to show the form again. */
  entries(): readonly (readonly [name: string, value: string])[] {
    return [...this.#fields];
  }
}
