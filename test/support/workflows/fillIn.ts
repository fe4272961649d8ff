import type {
  INodeParameters,
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
  NodeParameterValueType,
} from 'n8n-workflow';

/** A wanted request body; a text that starts with "=" is an expression, as in n8n. */
export type Wanted = Record<string, unknown>;

/**
 * The parameters that n8n's editor would store for a person who fills in this request body. Knows
 * nothing of the node but its description: what a person sees in the form is what it can use.
 * @throws Error when the form has no place for a field, or does not offer a value
 */
export function fillIn(
  properties: readonly INodeProperties[],
  resource: string,
  operation: string,
  body: Wanted,
): INodeParameters {
  const pickers: INodeParameters = { resource, operation };
  checkOffered(properties, pickers);
  const form = formOf(properties, resource, operation);
  const choose = (name: string, value: NodeParameterValueType) => {
    pickers[name] = value as string;
  };
  Object.keys(body).forEach((name) => reveal(name, form, properties, choose));
  const all = [...form, ...properties];
  const visible = form.filter((property) => isShown(property, all, pickers));
  return { ...pickers, ...placed(visible, body, '') };
}

/** The properties of an operation. */
function formOf(
  properties: readonly INodeProperties[],
  resource: string,
  operation: string,
): readonly INodeProperties[] {
  const forms = formsOf.get(properties) ?? new Map<string, readonly INodeProperties[]>();
  formsOf.set(properties, forms);
  const key = `${resource} ${operation}`;
  const pickers = { resource, operation };
  const form =
    forms.get(key) ??
    properties
      .filter((property) => belongsTo(property, pickers))
      .map((property) => withOwnMembers(property, pickers));
  forms.set(key, form);
  return form;
}

/** Some tests fill in thousands of requests. */
const formsOf = new WeakMap<readonly INodeProperties[], Map<string, readonly INodeProperties[]>>();

const shownWith = ({ displayOptions }: INodeProperties) => displayOptions?.show ?? {};

/** Both pickers must offer what is asked for, as a person could not pick it otherwise. */
function checkOffered(properties: readonly INodeProperties[], { resource, operation }: Wanted) {
  const pickers = properties.filter(
    (property) =>
      property.name === 'resource' ||
      (property.name === 'operation' && shownWith(property).resource?.includes(String(resource))),
  );
  const offered = pickers.map((picker) => choicesOf(picker).map(({ value }) => value));
  if (!offered[0]?.includes(String(resource)) || !offered[1]?.includes(String(operation)))
    throw new Error(`The pickers do not offer ${String(resource)}: ${String(operation)}`);
}

/** What is shown for every operation (pickers, options) is the node's own and no part of the request. */
const belongsTo = (property: INodeProperties, { resource, operation }: Wanted) =>
  shownWith(property).resource?.includes(String(resource)) === true &&
  shownWith(property).operation?.includes(String(operation)) === true;

/** A collection without the members that other operations have. */
function withOwnMembers(property: INodeProperties, pickers: Wanted): INodeProperties {
  if (property.type !== 'collection') return property;
  const options = membersOf(property).filter((member) =>
    ['resource', 'operation'].every(
      (name) => shownWith(member)[`/${name}`]?.includes(String(pickers[name])) ?? true,
    ),
  );
  return { ...property, options };
}

/** A person who does not see a field at first picks what makes it appear. */
function reveal(
  name: string,
  form: readonly INodeProperties[],
  properties: readonly INodeProperties[],
  choose: (picker: string, value: NodeParameterValueType) => void,
): void {
  const field = form.find((property) => property.name === name);
  if (!field) return;
  for (const [picker, values = []] of Object.entries(shownWith(field))) {
    if (picker === 'resource' || picker === 'operation') continue;
    const [wanted] = values as NodeParameterValueType[];
    const own = [...form, ...properties].find((property) => property.name === picker);
    if (!own || wanted === undefined || !choicesOf(own).some(({ value }) => value === wanted))
      throw new Error(`${name} appears when ${picker} is ${String(wanted)}, which nobody can pick`);
    if (own.default !== wanted) choose(picker, wanted);
  }
}

function isShown(
  property: INodeProperties,
  properties: readonly INodeProperties[],
  pickers: INodeParameters,
): boolean {
  return Object.entries(shownWith(property)).every(([picker, values = []]) => {
    const current = pickers[picker] ?? properties.find((other) => other.name === picker)?.default;
    return (values as unknown[]).includes(current);
  });
}

/** Each wanted field in its place: on the form itself, or in the form's one collection that offers it. */
function placed(form: readonly INodeProperties[], body: Wanted, path: string): INodeParameters {
  const parameters: INodeParameters = {};
  for (const [name, value] of Object.entries(withMembers(form, body))) {
    const at = path ? `${path}.${name}` : name;
    const own = form.filter((property) => property.name === name);
    const inCollections = form
      .filter((property) => property.type === 'collection' && !(property.name in body))
      .flatMap((collection) =>
        membersOf(collection)
          .filter((member) => member.name === name)
          .map((member) => ({ collection, member })),
      );
    const [only, ...others] = [
      ...own.map((member) => ({ collection: undefined, member })),
      ...inCollections,
    ];
    if (!only) throw new Error(`The form has no field ${at}`);
    if (others.length > 0) throw new Error(`The form has several fields ${at}`);
    const { collection, member } = only;
    const stored = storedValue(member, value, at);
    if (!collection) parameters[name] = stored;
    else
      parameters[collection.name] = {
        ...(parameters[collection.name] as INodeParameters | undefined),
        [name]: stored,
      };
  }
  return parameters;
}

/** A required group has no place of its own: the form shows its members among the other fields. */
function withMembers(form: readonly INodeProperties[], body: Wanted): Wanted {
  const names = [...form, ...form.flatMap(membersOf)].map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      isObject(value) && names.some((one) => one.startsWith(`${name}__`))
        ? Object.entries(value).map(([member, inner]) => [`${name}__${member}`, inner] as const)
        : [[name, value] as const],
    ),
  );
}

type Stored = INodeParameters[string];

/** The value as the editor stores it for a field of this type. */
function storedValue(property: INodeProperties, value: unknown, path: string): Stored {
  const isMultiple = property.typeOptions?.multipleValues === true;
  const refuse = (): never => {
    throw new Error(`${path} is a ${property.type} field and can't hold ${JSON.stringify(value)}`);
  };
  if (property.type === 'fixedCollection') {
    const group = groupOf(property, path);
    // A list of IDs is a list of entries with one field.
    const [only] = group.values;
    const fill = (entry: unknown, at: string) =>
      isObject(entry)
        ? placed(group.values, entry, at)
        : only?.type === 'resourceLocator'
          ? { [only.name]: storedValue(only, entry, at) }
          : refuse();
    if (!isMultiple) return { [group.name]: fill(value, path) };
    if (!Array.isArray(value)) return refuse();
    const entries = value.map((entry, index) => fill(entry, `${path}[${index}]`));
    return { [group.name]: entries };
  }
  if (property.type === 'collection') {
    return isObject(value) ? placed(membersOf(property), value, path) : refuse();
  }
  if (property.type === 'resourceLocator') return single(property, value, refuse);
  if (isExpression(value)) return property.noDataExpression ? refuse() : value;
  if (isMultiple) {
    return Array.isArray(value) ? value.map((entry) => single(property, entry, refuse)) : refuse();
  }
  return single(property, value, refuse);
}

function single(property: INodeProperties, value: unknown, refuse: () => never): string {
  // n8n's own type for stored lists knows lists of one type only; what is inside is checked here.
  const stored = (checked: unknown) => checked as string;
  const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = property.typeOptions ?? {};
  switch (property.type) {
    case 'string':
    case 'dateTime':
      return typeof value === 'string' ? value : refuse();
    case 'resourceLocator':
      return typeof value === 'string' ? typedId(property, value, refuse) : refuse();
    case 'json':
      return isObject(value) ? JSON.stringify(value) : refuse();
    case 'boolean':
      return typeof value === 'boolean' ? stored(value) : refuse();
    case 'number':
      return typeof value === 'number' &&
        value >= minValue &&
        value <= maxValue &&
        (numberPrecision !== 0 || Number.isInteger(value))
        ? stored(value)
        : refuse();
    case 'options':
      return chosen(property, value) ?? refuse();
    case 'multiOptions':
      return Array.isArray(value)
        ? stored(value.map((entry) => chosen(property, entry) ?? refuse()))
        : refuse();
    default:
      return refuse();
  }
}

/** An ID as it is stored once a person has typed it, rather than picked from the list. */
function typedId({ modes = [] }: INodeProperties, value: string, refuse: () => never): string {
  if (!modes.some(({ name, type }) => name === 'id' && type === 'string')) return refuse();
  return { __rl: true, mode: 'id', value } as unknown as string;
}

/** The drop-down's own value; JSON null where it offers the text "null" for it, which n8n can store. */
const chosen = (property: INodeProperties, value: unknown): string | undefined =>
  choicesOf(property)
    .map((choice) => choice.value)
    .find((offered) => offered === (value ?? 'null')) as string | undefined;

/** What a drop-down or multi-select list offers. */
export const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
  options.filter((option): option is INodePropertyOptions => 'value' in option);

const membersOf = ({ options = [] }: INodeProperties): INodeProperties[] =>
  options.filter((option): option is INodeProperties => 'type' in option);

function groupOf({ options = [] }: INodeProperties, path: string): INodePropertyCollection {
  const groups = options.filter((option): option is INodePropertyCollection => 'values' in option);
  const [only] = groups;
  if (!only || groups.length > 1) throw new Error(`${path} has ${groups.length} kinds of entries`);
  return only;
}

const isObject = (value: unknown): value is Wanted =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('=');
