import type { PlaidApi } from 'plaid';
import type { z } from 'zod/v4';

import type { EndpointDeclaration } from '../../../nodes/PlaidCheck/catalog/endpoint';
import type { DIFFERENCES, NOT_IN_SDK } from './differences';

/**
 * Compares request types at compile time. Every difference is a text, such as
 * `'days_required: required only here'`, so that the compiler's error names what is wrong.
 */

/** Compiles with nothing but `never`: the compiler's error shows the differences. */
export type Nothing<Found extends never> = Found;

/**
 * The differences between the request of an endpoint and the SDK that are not listed, and the listed
 * ones that are not there, each with the endpoint's path; `never` if all is well.
 */
export type Unexpected<E extends Pick<EndpointDeclaration, 'path' | 'request'>> =
  MethodOf<E['path']> extends keyof PlaidApi
    ? At<
        E['path'],
        Deviation<z.infer<E['request']>, SdkRequest<MethodOf<E['path']>>, Listed<E['path']>>
      >
    : E['path'] extends NotInSdk
      ? never
      : `${E['path']} is not in the SDK`;

type NotInSdk = (typeof NOT_IN_SDK)[number]['endpoint'];

// A conditional type where a template would do: the compiler works a template out in advance, for
// every request there could be, and gives up after half a minute.
type At<Place extends string, Line> = Line extends string ? `${Place} ${Line}` : never;

type Deviation<Ours, Sdk, Lines extends string> =
  Exclude<Differences<Ours, Sdk>, Lines> | Gone<Exclude<Lines, Differences<Ours, Sdk>>>;

type Gone<Line> = Line extends string ? `listed, but no longer true: ${Line}` : never;

/** What the SDK's method takes, without the credential: the node sends that as headers. */
type SdkRequest<Method extends keyof PlaidApi> = Omit<
  Parameters<PlaidApi[Method]>[0],
  'client_id' | 'secret'
>;

/** The SDK's method for a path: `craCheckReportCreate` for `/cra/check_report/create`. */
type MethodOf<Path extends string> = Uncapitalize<CamelCase<CamelCase<Path, '/'>, '_'>>;

type CamelCase<T extends string, Gap extends string> = T extends `${infer Word}${Gap}${infer Rest}`
  ? `${Capitalize<Word>}${CamelCase<Rest, Gap>}`
  : Capitalize<T>;

/** The listed differences of one endpoint, line by line as `listedLines` has them. */
type Listed<Endpoint extends string> = LineOf<
  Extract<(typeof DIFFERENCES)[number], { endpoint: Endpoint }>
>;

type LineOf<D> = D extends {
  field: infer Field extends string;
  finding: infer Found extends string;
}
  ? D extends { values: readonly (infer Value extends string)[] }
    ? `${Field} "${Value}": ${Found}`
    : `${Field}: ${Found}`
  : never;

/** Every difference between two request types, with all that is inside of them. */
type Differences<Ours, Sdk> = OfValues<Ours, Sdk, ''>;

type OfObjects<Ours, Sdk, Path extends string> =
  | `${Member<Path, Exclude<keyof Ours, keyof Sdk>>}: only here`
  | `${Member<Path, Exclude<keyof Sdk, keyof Ours>>}: only in the SDK`
  | {
      [Name in keyof Ours & keyof Sdk]:
        | OneSided<IsRequired<Ours, Name>, IsRequired<Sdk, Name>, `${Member<Path, Name>}: required`>
        | OfValues<
            Exclude<Ours[Name], undefined>,
            OnTheWire<Exclude<Sdk[Name], undefined>>,
            Member<Path, Name>
          >;
    }[keyof Ours & keyof Sdk];

type Member<Path extends string, Name> = Name extends string
  ? Path extends ''
    ? Name
    : `${Path}.${Name}`
  : never;

type IsRequired<T, Name extends keyof T> = object extends Pick<T, Name> ? false : true;

type OneSided<Here extends boolean, Sdk extends boolean, What extends string> = Here extends Sdk
  ? never
  : `${What} only ${Here extends true ? 'here' : 'in the SDK'}`;

type OfValues<Ours, Sdk, Path extends string> =
  | OneSided<IsNullable<Ours>, IsNullable<Sdk>, `${Path}: null`>
  | OfContents<NonNull<Ours>, NonNull<Sdk>, Path>;

type OfContents<Ours, Sdk, Path extends string> =
  KindOf<Ours> extends KindOf<Sdk>
    ? KindOf<Ours> extends 'object' | 'open object'
      ? OfObjects<AsOne<Ours>, AsOne<Sdk>, Path>
      : KindOf<Ours> extends 'list'
        ? OfValues<EntryOf<Ours>, OnTheWire<EntryOf<Sdk>>, `${Path}[]`>
        : KindOf<Ours> extends 'choice'
          ? | `${Path} "${Exclude<Ours, Sdk> & string}": only here`
            | `${Path} "${Exclude<Sdk, Ours> & string}": only in the SDK`
          : // Nothing can be said about "anything", so it is never equal.
            KindOf<Ours> extends 'anything'
            ? `${Path}: anything here, anything in the SDK`
            : never
    : `${Path}: ${KindOf<Ours>} here, ${KindOf<Sdk>} in the SDK`;

/** A `Set` in the SDK is a list without repetitions, in JSON as in Plaid's description. */
type EntryOf<List> = List extends readonly (infer Entry)[] | ReadonlySet<infer Entry>
  ? Entry
  : never;

/**
 * One object for several that a field tells apart: the fields of all of them, required where all
 * require them. The node has one form for them, in which that field is a drop-down.
 */
type AsOne<T> =
  IsUnion<T> extends true
    ? { [Name in RequiredInAll<T>]: ValueIn<T, Name> } & {
        [Name in Exclude<NameIn<T>, RequiredInAll<T>>]?: ValueIn<T, Name>;
      }
    : T;

type NameIn<T> = T extends unknown ? keyof T : never;

type ValueIn<T, Name> = T extends unknown ? (Name extends keyof T ? T[Name] : never) : never;

// The names that a union has are those that all of its members have.
type RequiredInAll<T> = {
  [Name in keyof T]-?: false extends EachRequires<T, Name> ? never : Name;
}[keyof T];

type EachRequires<T, Name> = T extends unknown
  ? Name extends keyof T
    ? IsRequired<T, Name>
    : false
  : never;

/** The fields that tell the members of a union of objects apart: required in each, a choice in each. */
type TellsApart<T> = {
  [Name in RequiredInAll<T>]: KindOf<ValueIn<T, Name>> extends 'choice' ? Name : never;
}[RequiredInAll<T>];

/** A type of the SDK as JSON: its enumerations are their texts, and the text "null" among them is JSON null. */
type OnTheWire<T> =
  IsAny<T> extends true ? T : T extends string ? (`${T}` extends 'null' ? null : `${T}`) : T;

type IsNullable<T> = null extends T ? true : false;

type NonNull<T> = IsAny<T> extends true ? T : Exclude<T, null>;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** The kind of a type that is not null, in the words of `Kind`; unions of several kinds are `anything`. */
type KindOf<T> =
  IsAny<T> extends true
    ? 'anything'
    : [T] extends [never]
      ? 'anything'
      : [T] extends [string]
        ? string extends T
          ? 'text'
          : 'choice'
        : [T] extends [number]
          ? 'number'
          : [T] extends [boolean]
            ? 'boolean'
            : [T] extends [readonly unknown[] | ReadonlySet<unknown>]
              ? 'list'
              : IsUnion<T> extends true
                ? [T] extends [object]
                  ? [TellsApart<T>] extends [never]
                    ? 'anything'
                    : 'object'
                  : 'anything'
                : [T] extends [object]
                  ? string extends keyof T
                    ? 'open object'
                    : 'object'
                  : 'anything';

type IsUnion<T, Whole = T> = T extends unknown ? ([Whole] extends [T] ? false : true) : never;
