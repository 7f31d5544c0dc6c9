export interface Country {
  code: string;
  name: string;
}

const COUNTRIES: readonly Country[] = [
  { code: 'fi', name: 'Finland' },
  { code: 'pt', name: 'Portugal' },
];

/** A country by its code. */
export const byCode = (code: string): Country | undefined => COUNTRIES.find((each) => each.code === code);
