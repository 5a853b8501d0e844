import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** The password of every seeded person. */
export const PASSWORD = 'weft-demo-2026';

/** Signs in as a person would: fills the form and waits until the first page behind it is there. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/sign-in/);
}
