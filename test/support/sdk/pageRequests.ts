import type { Wanted } from '../workflows/fillIn';
import { pages, sdkFields, type Page, type PageField } from './referencePages';

/** Everything known of an endpoint: its page, and what the SDK has added since. */
export const knownFields = (page: Page): PageField[] =>
  [...pages, ...sdkFields]
    .filter(({ endpoint }) => endpoint === page.endpoint)
    .flatMap(({ fields }) => fields)
    .filter(({ header }) => header === undefined);

/** The smallest valid request: each required field, and the user named by one of the ways there are. */
export function smallestBody(page: Page, identity = page.identity[0]): Wanted {
  const required = requiredIn(page, '');
  const way = knownFields(page).find(({ path }) => path === identity);
  return { ...required, ...(way && { [way.path]: sample(page, way) }) };
}

/** A valid request that has this value in this field, and whatever the field can't be without. */
export function bodyWith(page: Page, field: PageField, value: unknown): Wanted {
  const body = smallestBody(
    page,
    page.identity.find((name) => name === field.path),
  );
  setIn(page, body, field, value);
  if (JSON.stringify(value).includes('EMPLOYMENT_REFRESH')) addEmploymentRefreshOptions(body);
  return body;
}

/** One home lending report can't be asked for without its options. */
function addEmploymentRefreshOptions({ base_report }: Wanted): void {
  const { home_lending_report_options: options } = base_report as Record<
    string,
    Wanted | undefined
  >;
  if (options) options.employment_refresh_options ??= { days_requested: 60 };
}

/** A valid request that has every field there is; of those that name the user, the first. */
export function fullBody(page: Page): Wanted {
  const body = smallestBody(page);
  knownFields(page)
    .filter(({ path, type }) => !page.identity.includes(path) && type !== 'Object')
    .filter(({ path }) => !path.endsWith('.ultrafico_score_requests[]'))
    .forEach((field) => setIn(page, body, field, sample(page, field)));
  return body;
}

function setIn(page: Page, body: Wanted, { path }: PageField, value: unknown): void {
  const steps = path.split('.');
  let parent = body;
  steps.slice(0, -1).forEach((step, index) => {
    const name = step.replace('[]', '');
    const inner = (parent[name] ?? holderOf(page, steps.slice(0, index + 1).join('.'))) as Wanted;
    parent[name] = inner;
    parent = Array.isArray(inner) ? (inner[0] as Wanted) : inner;
  });
  parent[(steps.at(-1) ?? '').replace('[]', '')] = value;
}

function holderOf(page: Page, path: string): unknown {
  const holder = knownFields(page).find((field) => field.path === path);
  if (!holder) throw new Error(`The table has no field ${path}`);
  return sample(page, holder);
}

/** Each value to try in a field, as it stands in the body; a list's entries one by one, then together. */
export function valuesOf(page: Page, field: PageField): unknown[] {
  const values = [...field.values, ...field.since, ...field.examples];
  if (values.length === 0) return [sample(page, field)];
  if (field.type !== 'Array') return values;
  return [...values.map((value) => [value]), ...(values.length > 1 ? [values] : [])];
}

/** A valid value: the first one of a plain field, only what is required of an object. */
function sample(page: Page, field: PageField): unknown {
  const [first] = [...field.values, ...field.since, ...field.examples];
  if (first !== undefined) return field.type === 'Array' ? [first] : first;
  const inner = requiredIn(page, `${field.path}.`);
  return field.type === 'Array' ? [inner] : inner;
}

function requiredIn(page: Page, prefix: string): Wanted {
  const members = knownFields(page).filter(
    ({ path, required }) =>
      required && path.startsWith(prefix) && !path.slice(prefix.length).includes('.'),
  );
  return Object.fromEntries(
    members.map((field) => [
      field.path.slice(prefix.length).replace('[]', ''),
      sample(page, field),
    ]),
  );
}
