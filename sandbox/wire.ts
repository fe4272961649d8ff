/**
 * An SDK type as it travels: enum members as their text, the member "null" as JSON null. The SDK's
 * enums are values of its code, which the sandbox does not load.
 */
export type Wire<T> = T extends string
  ? `${T}` extends 'null'
    ? null
    : `${T}`
  : T extends readonly (infer Entry)[]
    ? Wire<Entry>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T;
