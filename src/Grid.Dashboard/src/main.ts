import { createModel } from "./model";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/top.css";
import "./styles/frame.css";
import "./styles/segments.css";
import "./styles/flows.css";
import "./styles/value.css";
import "./styles/rulebook.css";
import "./styles/trial.css";
import "./styles/feed.css";
import "./styles/customer.css";
import "./styles/explain.css";
import { mount } from "./views/shell";

const model = createModel();
mount(model, document.body);
void model.session.run();
