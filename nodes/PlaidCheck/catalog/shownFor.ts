import type { IDisplayOptions } from 'n8n-workflow';

import type { Endpoint } from './endpoint';
import { PARAMETER } from '../fields/names';

/** What the two pickers at the top of the form hold. */
export type Place = Pick<Endpoint, 'resource' | 'operation'>;

type Show = NonNullable<IDisplayOptions['show']>;

/**
 * Shows a field for some operations; for no others only if no other combines one of their resources with one of their
 * operations.
 * @param root a slash for a member of a collection, which finds the pickers at the root of the form
 */
export const showIn = (places: readonly Place[], root: '' | '/' = ''): Show => ({
  [`${root}${PARAMETER.resource}`]: distinct(places.map(({ resource }) => resource)),
  [`${root}${PARAMETER.operation}`]: distinct(places.map(({ operation }) => operation)),
});

/** Shows a field for one operation, optionally depending on other fields. */
export const shownFor = (endpoint: Endpoint, also: Show = {}): IDisplayOptions => ({
  show: { ...showIn([endpoint]), ...also },
});

/** Shows an option for the matching endpoints. No other endpoint combines one of their resources and operations. */
export const shownWhere = (
  catalog: readonly Endpoint[],
  matches: (endpoint: Endpoint) => boolean,
): IDisplayOptions => ({ show: showIn(catalog.filter(matches), '/') });

/**
 * As `shownWhere`, or the operations that lack the option, where that is shorter and no operation of the same name has it: n8n
 * hides a field by each condition alone.
 */
export function shortestCondition(
  catalog: readonly Endpoint[],
  matches: (endpoint: Endpoint) => boolean,
): IDisplayOptions {
  const shown = shownWhere(catalog, matches);
  const lacking = distinct(
    catalog.filter((one) => !matches(one)).map(({ operation }) => operation),
  );
  const isOther = catalog.filter(matches).every(({ operation }) => !lacking.includes(operation));
  const hidden = { hide: { [`/${PARAMETER.operation}`]: lacking } };
  const isShorter = JSON.stringify(hidden).length < JSON.stringify(shown).length;
  return isOther && isShorter ? hidden : shown;
}

/**
 * Parts of a set of operations that a condition on resource and operation can express: n8n shows a field for each resource
 * of a condition with each of its operations.
 */
export function inRectangles(places: readonly Place[], all: readonly Place[]): Place[][] {
  let rest = places;
  const rectangles: Place[][] = [];
  while (rest.length > 0) {
    const rectangle = rest.reduce<Place[]>((found, place) => {
      const wider = spanned([...found, place], all);
      return wider.every((one) => rest.includes(one)) ? wider : found;
    }, []);
    rectangles.push(rectangle);
    rest = rest.filter((place) => !rectangle.includes(place));
  }
  return rectangles;
}

/** The operations that combine a resource and an operation of the given ones. */
const spanned = (places: readonly Place[], all: readonly Place[]): Place[] =>
  all.filter(
    ({ resource, operation }) =>
      places.some((place) => place.resource === resource) &&
      places.some((place) => place.operation === operation),
  );

const distinct = (values: readonly string[]) => [...new Set(values)];
