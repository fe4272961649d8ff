import type { INodeProperties } from 'n8n-workflow';
import type { z } from 'zod/v4';

import type { Endpoint } from '../catalog/endpoint';

/** One option of the node. Its form, default, limits, check and row in the reference come from the schema. */
export interface Option<T = unknown> {
  /** Built with fields/builders; the label's default is what the option starts with when it is added */
  schema: z.ZodType;
  /** Turns a value that passed the check into what a run works with, such as ms */
  read: (value: unknown) => T;
  /** What holds where the option is not added; its default if left out */
  absent?: T;
  /** What holds in place of that where the node is a tool of an AI agent */
  absentAsTool?: T;
  /** Which operations have the option; all if left out */
  shownFor?: (endpoint: Endpoint) => boolean;
  /** Set where the option is part of a request body, and is read and checked with it */
  isCheckedWithBody?: true;
  /** Set where the option keeps a request from being sent or a decision from being made: added, it must not be blank */
  holdsBack?: true;
  /** Set where the option, as one that holds back, must not be blank when it is added, nor any member of it */
  notBlank?: true;
  /** Set where the option, as one that holds back, must not be left to the model by a tool of an AI agent */
  keptFromModel?: true;
  /** What the form needs beyond what the schema says */
  form?: (derived: INodeProperties, catalog: readonly Endpoint[]) => INodeProperties;
}

type Rules = Pick<Option, 'shownFor' | 'form' | 'keptFromModel' | 'notBlank'>;

/** An option whose value a run works with as it is. */
export const option = <S extends z.ZodType>(
  schema: S,
  rules: Rules & Pick<Option<z.output<S>>, 'absent' | 'absentAsTool' | 'holdsBack'> = {},
): Option<z.output<S>> => ({ ...rules, schema, read: (value) => value as z.output<S> });

/** An option that a run works with in another form, such as other units. */
export const convertedOption = <S extends z.ZodType, T>(
  schema: S,
  read: (value: z.output<S>) => T,
  rules: Rules & Pick<Option<T>, 'absent' | 'holdsBack'> = {},
): Option<T> => ({ ...rules, schema, read: read as Option<T>['read'] });

/** An option that does nothing unless it is added. */
export const addedOption = <T>(declared: Option<T>): Option<T | undefined> => ({
  ...declared,
  absent: undefined,
});

/** An option that is part of a request body. */
export const bodyOption = (schema: z.ZodType, rules: Rules = {}): Option => ({
  ...rules,
  schema,
  read: (value) => value,
  absent: undefined,
  isCheckedWithBody: true,
});
