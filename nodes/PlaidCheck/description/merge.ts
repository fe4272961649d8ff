import type { INodeProperties } from 'n8n-workflow';

import { inRectangles, showIn, type Place } from '../catalog/shownFor';
import { byName } from '../fields/names';
import { isDeepEqual } from '../utils/json';

/*
 * Most fields belong to many operations. The editor goes through all properties of a node whenever its panel changes, so
 * a field that several operations have is one property, shown for all of them.
 */

/** The fields of one operation, in order and without a condition on the operation. */
export interface Form {
  place: Place;
  fields: readonly INodeProperties[];
}

/** A field, and the operations that have it. */
interface Entry {
  /** Without the members of a collection */
  field: INodeProperties;
  places: readonly Place[];
  /** The members that a collection has in each operation */
  members: readonly Form[];
}

/**
 * One list for all forms: equal fields become one property, and the fields of each form keep their order. A field that the
 * order keeps apart from its equals stays a property of its own.
 */
export const mergeForms = (forms: readonly Form[]): INodeProperties[] =>
  merge(forms).flatMap((entry) => propertiesOf(entry, placesOf(forms)));

const placesOf = (forms: readonly Form[]) => forms.map(({ place }) => place);

type Rows = readonly (readonly Entry[])[];

function merge(forms: readonly Form[]): Entry[] {
  let rows: Rows = forms.map(({ place, fields }) => fields.map((field) => entryOf(field, place)));
  let merged: Entry[] = [];
  // Where two merges exclude each other, that of the longer fields saves more.
  for (const entry of longestFirst(rows.flat())) {
    const other = merged.find((one) => canShare(one, entry) && areUnordered(one, entry, rows));
    const added = other ? joined(other, entry) : entry;
    rows = rows.map((row) => row.map((one) => (one === other || one === entry ? added : one)));
    merged = [...merged.filter((one) => one !== other), added];
  }
  return inOrder(rows);
}

const longestFirst = (entries: readonly Entry[]) =>
  entries
    .map((entry) => ({ entry, length: JSON.stringify(entry).length }))
    .sort((one, other) => other.length - one.length)
    .map(({ entry }) => entry);

const areUnordered = (one: Entry, other: Entry, rows: Rows) =>
  !isBefore(one, other, rows) && !isBefore(other, one, rows);

/** Whether the rows, taken together, put one entry before another. */
function isBefore(one: Entry, other: Entry, rows: Rows): boolean {
  const reached = new Set([one]);
  for (const entry of reached) {
    for (const row of rows) {
      const next = row[row.indexOf(entry) + 1];
      if (row.includes(entry) && next) reached.add(next);
    }
  }
  return one !== other && reached.has(other);
}

/** All entries of the rows, so that each row is in order. */
function inOrder(rows: Rows): Entry[] {
  const heads = rows.flatMap((row) => row.slice(0, 1));
  const first = heads.find((head) => rows.every((row) => row.indexOf(head) <= 0));
  if (!first) return [];
  return [first, ...inOrder(rows.map((row) => row.filter((entry) => entry !== first)))];
}

function entryOf(property: INodeProperties, place: Place): Entry {
  if (property.type !== 'collection') return { field: property, places: [place], members: [] };
  const { options = [], ...field } = property;
  const members = [{ place, fields: options as INodeProperties[] }];
  return { field, places: [place], members };
}

const joined = (one: Entry, other: Entry): Entry => ({
  field: one.field,
  places: [...one.places, ...other.places],
  members: [...one.members, ...other.members],
});

/** Fields that are equal, or collections whose members are shorter together. */
function canShare(one: Entry, other: Entry): boolean {
  return isDeepEqual(one.field, other.field) && canShareMembers(one, other);
}

function canShareMembers({ field, members: some }: Entry, { members: others }: Entry): boolean {
  const mine = membersIn(some);
  const theirs = membersIn(others);
  if (isDeepEqual(mine, theirs)) return true;
  // n8n shows a collection of one member as a button that adds it, and finds a member by its name alone.
  if ([...some, ...others].some(({ fields }) => fields.length < 2)) return false;
  const names = new Set([...mine, ...theirs].map(({ name }) => name));
  const common = theirs.filter(({ name }) => mine.some((member) => member.name === name));
  const saved = JSON.stringify([field, ...common]).length;
  return (
    saved > (names.size - common.length) * CONDITION_LENGTH &&
    common.every((member) =>
      mine.every((other) => other.name !== member.name || canBeOne(other, member)),
    )
  );
}

/** About the length of the condition on a member that not all operations have. */
const CONDITION_LENGTH = 80;

/** The members of some operations' collections, each once. */
const membersIn = (forms: readonly Form[]): INodeProperties[] =>
  forms
    .flatMap(({ fields }) => fields)
    .filter((one, index, all) => all.findIndex((other) => isDeepEqual(other, one)) === index);

/** Whether two members of the same name are equal, or collections that can be one. */
const canBeOne = (one: INodeProperties, other: INodeProperties): boolean =>
  isDeepEqual(one, other) || canShare(entryOf(one, NOWHERE), entryOf(other, NOWHERE));

/** For a comparison, where it does not matter which operation has a field. */
const NOWHERE: Place = { resource: '', operation: '' };

/** The properties that show a field for its operations: several where one condition would show it for others too. */
function propertiesOf(
  { field, places, members }: Entry,
  all: readonly Place[],
  root: '' | '/' = '',
): INodeProperties[] {
  const options = merge(members)
    .flatMap((entry) => propertiesOf(entry, places, '/'))
    // As they are in each form.
    .sort((one, other) => byName(one.displayName, other.displayName));
  const merged = { ...field, ...(options.length > 0 && { options }) };
  if (places.length === all.length) return [merged];
  return inRectangles(places, all).map((some) => ({
    ...merged,
    displayOptions: {
      ...field.displayOptions,
      show: { ...showIn(some, root), ...field.displayOptions?.show },
    },
  }));
}
