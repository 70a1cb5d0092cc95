/** The options of the `page` kind. */

/** CSS selectors; all except `items` apply within an item. null: `read-page.ts` decides. */
export interface PageSelectors {
  readonly items: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly date: string | null;
  readonly summary: string | null;
  readonly image: string | null;
}
