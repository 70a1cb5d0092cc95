/** What a page without a feed is read by. */

/** Where what belongs to an item is found: CSS selectors, all but the first within the item. null: as `read-page.ts` finds it. */
export interface PageSelectors {
  readonly items: string;
  readonly title: string | null;
  readonly link: string | null;
  readonly date: string | null;
  readonly summary: string | null;
  readonly image: string | null;
}
