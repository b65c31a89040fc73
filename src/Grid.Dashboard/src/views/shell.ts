import { element } from "../dom/element";
import { Lifetime } from "../dom/lifetime";
import type { Model } from "../model";
import { addressOf, type Route } from "../route";
import { Context } from "./context";
import { customerPage } from "./customer/customerPage";
import { feedPanel } from "./feed/feed";
import { header } from "./header";
import { lostNotice } from "./lostNotice";
import { overview } from "./overview";
import { rulebookPage } from "./rulebook/rulebookPage";
import { schemePage } from "./scheme";
import { schemeTabs } from "./schemeTabs";

/** Puts the page into the body, anew with each language and rulebook; between those only the stage changes, with the route. */
export function mount(model: Model, body: HTMLElement): void {
  let lifetime = new Lifetime();
  const build = (): void => {
    lifetime.end();
    lifetime = new Lifetime();
    const context = new Context(model);
    document.documentElement.lang = model.language.value === "zh" ? "zh-CN" : "en";
    document.title = context.words.title;
    body.replaceChildren(...page(context, lifetime));
  };
  model.language.subscribe(build);
  model.catalog.subscribe(build);
  build();
}

function page(context: Context, lifetime: Lifetime): readonly Node[] {
  const { words, model } = context;
  const stage = element("main", { id: "content", class: "stage", tabindex: -1 });
  const tabs = element("div", { class: "tabs-box" });
  const sections = element("nav", { class: "sections", "aria-label": words.nav.label });
  const columns = element("div", { class: "columns" }, stage, feedPanel(context, lifetime));
  let scene = new Lifetime();
  lifetime.add(() => scene.end());
  let shown = "";
  const showTabs = (): void => {
    tabs.replaceChildren(...schemeTabs(context, model.route.value));
    for (const current of tabs.querySelectorAll("[aria-current]")) current.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  lifetime.add(model.group.subscribe(showTabs));
  const show = (route: Route): void => {
    const place = placeOf(route);
    columns.dataset["page"] = route.page;
    showTabs();
    sections.replaceChildren(...sectionLinks(context, route));
    if (place === shown) return;
    scene.end();
    scene = new Lifetime();
    stage.replaceChildren(sceneOf(context, scene, route));
    if (shown !== "") window.scrollTo({ top: 0 });
    shown = place;
  };
  lifetime.add(model.route.watch(show));
  return [
    element("a", { class: "skip", href: "#content", onclick: (event: Event) => focusStage(event, stage) }, words.skipToContent),
    header(context, lifetime),
    lostNotice(context, lifetime),
    tabs,
    columns,
    sections,
  ];
}

/** The same route needs no new scene: in a wide window the transitions are beside the overview, not in its place. */
function placeOf(route: Route): string {
  return route.page === "feed" ? addressOf({ page: "overview" }) : addressOf(route);
}

function sceneOf(context: Context, lifetime: Lifetime, route: Route): HTMLElement {
  switch (route.page) {
    case "scheme":
      return schemePage(context, lifetime, route.scheme);
    case "customer":
      return customerPage(context, lifetime, route.customer, route.scheme);
    case "rulebook":
      return rulebookPage(context, lifetime);
    default:
      return overview(context, lifetime);
  }
}

function sectionLinks(context: Context, route: Route): readonly HTMLElement[] {
  const { nav } = context.words;
  const link = (to: Route, text: string, current: boolean): HTMLElement =>
    element("a", { href: addressOf(to), "aria-current": current ? "page" : null }, text);
  return [
    link({ page: "overview" }, nav.overview, route.page === "overview" || route.page === "scheme"),
    link({ page: "feed" }, nav.feed, route.page === "feed"),
    link({ page: "customer", customer: null, scheme: null }, nav.customer, route.page === "customer"),
    link({ page: "rulebook" }, nav.rulebook, route.page === "rulebook"),
  ];
}

/** The address is the route's, so the skip link moves the focus without changing it. */
function focusStage(event: Event, stage: HTMLElement): void {
  event.preventDefault();
  stage.focus();
}
