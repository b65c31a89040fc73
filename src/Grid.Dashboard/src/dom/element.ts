import { legible } from "../format/legible";

export type Child = Node | string | number | null | undefined | false;
type Attribute = string | number | boolean | null | undefined | ((event: never) => void);

/** An element with attributes, `on…` handlers and children; attributes that are null, undefined or false are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag);
  decorate(node, attributes);
  append(node, children);
  return node;
}

export function drawing<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  decorate(node, attributes);
  append(node, children);
  return node;
}

/** Writes the text only when it differs, so that unchanged numbers cost nothing and selections survive. */
export function setText(node: HTMLElement, text: string): boolean {
  const shown = legible(text);
  if (node.textContent === shown) return false;
  node.textContent = shown;
  return true;
}

/** Writes the style only when it differs. */
export function setStyle(node: HTMLElement, property: string, value: string): void {
  if (node.style.getPropertyValue(property) !== value) node.style.setProperty(property, value);
}

function decorate(node: Element, attributes: Readonly<Record<string, Attribute>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value as EventListener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

function append(node: Element, children: readonly (Child | readonly Child[])[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child as readonly Child[]);
    else if (child !== null && child !== undefined && child !== false) node.append(typeof child === "string" ? legible(child) : (child as Node));
  }
}
