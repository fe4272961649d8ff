import type { Locator, Page } from 'playwright-core';
import { settled } from './settled';

/**
 * The parameters in a node's open panel. Fields are found by the path n8n gives them
 * (`additionalFields.fico.values.fico_lender_id`), groups by their heading; both are then used with
 * mouse and keyboard.
 */

/** A parameter's text box, drop-down or switch. */
export function field(page: Page, path: string): Locator {
  return page.locator(`[data-parameter-path='parameters.${path}']`);
}

/** The frame around a parameter, with its label and its mark for a problem. */
export function frame(page: Page, path: string): Locator {
  // That of a group around it comes first.
  return page
    .locator('.parameter-item')
    .filter({ has: field(page, path) })
    .last();
}

/** The paths of the parameters that show, from top to bottom. */
export async function shownFields(page: Page): Promise<string[]> {
  const shown = page.getByTestId('node-parameters').locator('[data-parameter-path]:visible');
  const paths = await shown.evaluateAll((all) =>
    all.map((one) => one.getAttribute('data-parameter-path') ?? ''),
  );
  return paths.map((path) => path.replace('parameters.', ''));
}

/** Types over what a text or number box holds, and leaves it, which makes n8n take the value. */
export async function fill(page: Page, path: string, value: string | number): Promise<void> {
  const box = field(page, path).locator('input, textarea').first();
  await box.click();
  await page.keyboard.press('ControlOrMeta+A');
  if (value === '') await page.keyboard.press('Delete');
  await page.keyboard.type(String(value));
  // Tab would open the menu that may come next.
  await box.blur();
  await settled(page);
}

/** Replaces what an editor for code or expressions holds, as a paste does, which is not completed while it is typed. */
export async function pasteInto(box: Locator, text: string): Promise<void> {
  const page = box.page();
  await box.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await settled(page);
}

/** Switches a parameter to Expression, and pastes one. */
export async function enterExpression(page: Page, path: string, text: string): Promise<void> {
  const around = frame(page, path);
  await around.hover();
  await around.getByTestId('radio-button-expression').click();
  const box = field(page, path).locator('.cm-content');
  await pasteInto(box, text);
  // The preview of its value covers what comes next.
  await box.blur();
  await settled(page);
}

/** What a box or drop-down shows. */
export function shownValue(page: Page, path: string): Promise<string> {
  return field(page, path).locator('input, textarea').first().inputValue();
}

/** Picks one choice of a drop-down. */
export async function choose(page: Page, path: string, name: string): Promise<void> {
  const choice = openValue(page, name);
  await field(page, path).click();
  await choice.click();
  await choice.waitFor({ state: 'hidden' });
}

/** Picks several choices of a drop-down that stays open meanwhile. */
export async function chooseAll(page: Page, path: string, names: string[]): Promise<void> {
  await field(page, path).click();
  for (const name of names) await openValue(page, name).click();
  // A second click closes it; Escape would close the whole panel.
  await field(page, path).locator('.el-input__suffix').click();
  await page.locator(VALUES).first().waitFor({ state: 'hidden' });
}

/** Turns a switch over. */
export async function toggle(page: Page, path: string): Promise<void> {
  await field(page, path).locator('.el-switch__core').click();
}

/** Groups with the heading, outermost first. */
export function groups(within: Page | Locator, heading: string): Locator {
  return within.locator(
    'xpath=.//div[contains(concat(" ", @class, " "), " multi-parameter ")]' +
      `[./div[@data-test-id="input-label"][normalize-space(.)="${heading}"]]`,
  );
}

/** Adds a field to a collection with its "Add Field" menu. */
export async function addField(group: Locator, name: string): Promise<void> {
  // A collection's own menu comes after those of the groups in it.
  await group.getByTestId('collection-parameter-add').last().click();
  const choice = openChoice(group.page(), name);
  await choice.click();
  await choice.waitFor({ state: 'hidden' });
}

/** Adds an entry to a list of groups. */
export async function addEntry(group: Locator): Promise<void> {
  await group.getByTestId('fixed-collection-add').last().click();
}

/** Adds entries to a list of texts: its first box is there from the start. */
export async function fillList(page: Page, path: string, values: string[]): Promise<void> {
  for (const [index, value] of values.entries()) {
    if (index > 0)
      await frame(page, `${path}[0]`)
        .locator('button', { hasText: /^\s*Add / })
        .click();
    await fill(page, `${path}[${index}]`, value);
  }
}

/** Choices of open drop-downs. */
const CHOICES = '.el-select-dropdown__item:visible';

/** The same of fields, not of the menu of a collection, which may fade away meanwhile. */
const VALUES = `${CHOICES}:not([data-test-id="collection-parameter-option"])`;

/** A choice of the drop-down that is open, by its name; a description may follow that. */
const openChoice = (page: Page, name: string, choices = CHOICES): Locator =>
  page
    .locator(choices)
    .filter({ has: page.locator(`.option-headline, :scope > span`, { hasText: exactly(name) }) });

const openValue = (page: Page, name: string): Locator => openChoice(page, name, VALUES);

const exactly = (text: string) =>
  new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
