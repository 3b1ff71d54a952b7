<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>AcceptancePlot</name>
        <message>
            <source>Acceptance</source>
            <translation>Annahme</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens. A gap in the curve: nothing was drafted there.</source>
            <translation>Annahmerate: angenommene / vorausgeschriebene Token. Eine Lücke in der Kurve: dort wurde nichts vorausgeschrieben.</translation>
        </message>
        <message>
            <source>recent</source>
            <translation>zuletzt</translation>
        </message>
        <message>
            <source>Exponentially weighted, with a half-life of 16 steps.</source>
            <translation>Exponentiell gewichtet, mit einer Halbwertszeit von 16 Schritten.</translation>
        </message>
        <message>
            <source>This answer so far: accepted / drafted.</source>
            <translation>Diese Antwort bisher: angenommen / vorausgeschrieben.</translation>
        </message>
        <message>
            <source>nothing drafted</source>
            <translation>nichts entworfen</translation>
        </message>
    </context>
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;New conversation</source>
            <translation>&amp;Neues Gespräch</translation>
        </message>
        <message>
            <source>&amp;Models, hub and downloads…</source>
            <translation>&amp;Modelle, Hub und Downloads…</translation>
        </message>
        <message>
            <source>&amp;Open model…</source>
            <translation>Modell &amp;öffnen…</translation>
        </message>
        <message>
            <source>Open &amp;draft model…</source>
            <translation>&amp;Entwurfsmodell öffnen…</translation>
        </message>
        <message>
            <source>&amp;Unload the model</source>
            <translation>Modell ent&amp;laden</translation>
        </message>
        <message>
            <source>Measu&amp;re this pair again (about a minute)</source>
            <translation>Dieses Paar &amp;neu messen (etwa eine Minute)</translation>
        </message>
        <message>
            <source>&amp;Benchmarks and history…</source>
            <translation>&amp;Messreihen und Verlauf…</translation>
        </message>
        <message>
            <source>&amp;Import conversations…</source>
            <translation>Gespräche i&amp;mportieren…</translation>
        </message>
        <message>
            <source>&amp;Export conversation…</source>
            <translation>Gespräch e&amp;xportieren…</translation>
        </message>
        <message>
            <source>Export &amp;all conversations…</source>
            <translation>A&amp;lle Gespräche exportieren…</translation>
        </message>
        <message>
            <source>Export s&amp;tatistics…</source>
            <translation>S&amp;tatistik exportieren…</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>E&amp;instellungen…</translation>
        </message>
        <message>
            <source>Open the &amp;log folder</source>
            <translation>&amp;Protokollordner öffnen</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>&amp;Beenden</translation>
        </message>
        <message>
            <source>S&amp;end</source>
            <translation>&amp;Senden</translation>
        </message>
        <message>
            <source>S&amp;top</source>
            <translation>A&amp;nhalten</translation>
        </message>
        <message>
            <source>Write &amp;another answer</source>
            <translation>&amp;Andere Antwort schreiben</translation>
        </message>
        <message>
            <source>&amp;Parameters of this conversation…</source>
            <translation>&amp;Parameter dieses Gesprächs…</translation>
        </message>
        <message>
            <source>Attach a text &amp;file…</source>
            <translation>&amp;Textdatei anhängen…</translation>
        </message>
        <message>
            <source>Co&amp;mpare ways to draft…</source>
            <translation>Entwurfsarten &amp;vergleichen…</translation>
        </message>
        <message>
            <source>&amp;Continue the answer</source>
            <translation>Antwort &amp;fortsetzen</translation>
        </message>
        <message>
            <source>Stop thin&amp;king and answer</source>
            <translation>Nachden&amp;ken beenden und antworten</translation>
        </message>
        <message>
            <source>Edit your &amp;last message</source>
            <translation>&amp;Letzte Nachricht bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Find in the conversation…</source>
            <translation>Im Gespräch &amp;suchen…</translation>
        </message>
        <message>
            <source>Find &amp;next</source>
            <translation>&amp;Nächster Treffer</translation>
        </message>
        <message>
            <source>Find &amp;previous</source>
            <translation>&amp;Voriger Treffer</translation>
        </message>
        <message>
            <source>Copy as &amp;Markdown</source>
            <translation>Als &amp;Markdown kopieren</translation>
        </message>
        <message>
            <source>Copy as plain &amp;text</source>
            <translation>Als einfachen &amp;Text kopieren</translation>
        </message>
        <message>
            <source>Copy the whole &amp;conversation</source>
            <translation>&amp;Ganzes Gespräch kopieren</translation>
        </message>
        <message>
            <source>Speculative &amp;decoding</source>
            <translation>Spekulatives &amp;Dekodieren</translation>
        </message>
        <message>
            <source>Show dra&amp;fted tokens</source>
            <translation>&amp;Vorausgeschriebene Token zeigen</translation>
        </message>
        <message>
            <source>&amp;Search conversations</source>
            <translation>Gespräche durchs&amp;uchen</translation>
        </message>
        <message>
            <source>&amp;Conversations</source>
            <translation>&amp;Gespräche</translation>
        </message>
        <message>
            <source>&amp;Live figures</source>
            <translation>&amp;Live-Werte</translation>
        </message>
        <message>
            <source>La&amp;rger text</source>
            <translation>Text g&amp;rößer</translation>
        </message>
        <message>
            <source>S&amp;maller text</source>
            <translation>Text &amp;kleiner</translation>
        </message>
        <message>
            <source>Text at its &amp;usual size</source>
            <translation>Text in &amp;üblicher Größe</translation>
        </message>
        <message>
            <source>Read the &amp;previous message</source>
            <translation>V&amp;orige Nachricht lesen</translation>
        </message>
        <message>
            <source>Read the &amp;next message</source>
            <translation>&amp;Nächste Nachricht lesen</translation>
        </message>
        <message>
            <source>&amp;Find a command…</source>
            <translation>&amp;Befehl suchen…</translation>
        </message>
        <message>
            <source>&amp;Keyboard shortcuts</source>
            <translation>&amp;Tastenkürzel</translation>
        </message>
        <message>
            <source>Free&amp;ze the live figures</source>
            <translation>Live-Werte an&amp;halten</translation>
        </message>
        <message>
            <source>What speculation does to &amp;latency…</source>
            <translation>Was Spekulation mit der &amp;Latenz macht…</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Answer</source>
            <translation>&amp;Antwort</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>A&amp;nsicht</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
    </context>
    <context>
        <name>AddFolder</name>
        <message>
            <source>Add a folder…</source>
            <translation>Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Add a folder with models</source>
            <translation>Ordner mit Modellen hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>Amounts</name>
        <message>
            <source>{0} bytes</source>
            <translation>{0} Byte</translation>
        </message>
    </context>
    <context>
        <name>Answer</name>
        <message>
            <source>Slipstream ended while this was being written.</source>
            <translation>Slipstream wurde beendet, während dies geschrieben wurde.</translation>
        </message>
        <message>
            <source>Stopped by you.</source>
            <translation>Von dir angehalten.</translation>
        </message>
        <message>
            <source>Cut off: the longest answer set for this conversation was reached.</source>
            <translation>Abgebrochen: die für dieses Gespräch gesetzte längste Antwort ist erreicht.</translation>
        </message>
        <message>
            <source>Cut off: the context is full.</source>
            <translation>Abgebrochen: der Kontext ist voll.</translation>
        </message>
        <message>
            <source>The answer ended because of a fault in Slipstream.</source>
            <translation>Die Antwort endete wegen eines Fehlers in Slipstream.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
    </context>
    <context>
        <name>Arrivals</name>
        <message>
            <source>{0} is downloaded. It is loaded when what is under way now has ended.</source>
            <translation>{0} ist heruntergeladen. Es wird geladen, sobald zu Ende ist, was jetzt läuft.</translation>
        </message>
    </context>
    <context>
        <name>Attachments</name>
        <message>
            <source>{0} is not a file with text in it.</source>
            <translation>{0} ist keine Datei mit Text.</translation>
        </message>
        <message>
            <source>Folders and devices cannot be attached; choose a file.</source>
            <translation>Ordner und Geräte lassen sich nicht anhängen; eine Datei wählen.</translation>
        </message>
        <message>
            <source>{0} is too large to attach: {1} MB.</source>
            <translation>{0} ist zu groß zum Anhängen: {1} MB.</translation>
        </message>
        <message>
            <source>Files of up to {0} MB can be attached; take the part that matters.</source>
            <translation>Dateien bis {0} MB lassen sich anhängen; nimm den Teil, auf den es ankommt.</translation>
        </message>
        <message>
            <source>{0} could not be read: {1}</source>
            <translation>{0} ließ sich nicht lesen: {1}</translation>
        </message>
        <message>
            <source>Check the file.</source>
            <translation>Prüfe die Datei.</translation>
        </message>
        <message>
            <source>{0} is empty.</source>
            <translation>{0} ist leer.</translation>
        </message>
        <message>
            <source>{0} is not a text file.</source>
            <translation>{0} ist keine Textdatei.</translation>
        </message>
        <message>
            <source>Text and code can be attached, as UTF-8; pictures and documents cannot.</source>
            <translation>Text und Code lassen sich als UTF-8 anhängen; Bilder und Dokumente nicht.</translation>
        </message>
    </context>
    <context>
        <name>Banner</name>
        <message>
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Choose another file…</source>
            <translation>Andere Datei wählen…</translation>
        </message>
        <message>
            <source>Restart engine</source>
            <translation>Engine neu starten</translation>
        </message>
        <message>
            <source>Restart on CPU</source>
            <translation>Auf der CPU neu starten</translation>
        </message>
        <message>
            <source>Load again</source>
            <translation>Neu laden</translation>
        </message>
        <message>
            <source>New conversation</source>
            <translation>Neues Gespräch</translation>
        </message>
        <message>
            <source>Leave out the oldest turns</source>
            <translation>Älteste Nachrichten weglassen</translation>
        </message>
        <message>
            <source>Open log folder</source>
            <translation>Protokollordner öffnen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
    </context>
    <context>
        <name>Bench</name>
        <message>
            <source>All together</source>
            <translation>Alle zusammen</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Maths</source>
            <translation>Mathematik</translation>
        </message>
        <message>
            <source>Open questions</source>
            <translation>Offene Fragen</translation>
        </message>
        <message>
            <source>Rewriting</source>
            <translation>Umschreiben</translation>
        </message>
        <message>
            <source>Other texts</source>
            <translation>Andere Texte</translation>
        </message>
        <message>
            <source>One prompt</source>
            <translation>Eine Aufgabe</translation>
        </message>
        <message>
            <source>on code</source>
            <translation>bei Code</translation>
        </message>
        <message>
            <source>on maths</source>
            <translation>bei Mathematik</translation>
        </message>
        <message>
            <source>on open questions</source>
            <translation>bei offenen Fragen</translation>
        </message>
        <message>
            <source>on rewriting</source>
            <translation>beim Umschreiben</translation>
        </message>
        <message>
            <source>on other texts</source>
            <translation>bei anderen Texten</translation>
        </message>
        <message>
            <source>on one prompt</source>
            <translation>bei einem Prompt</translation>
        </message>
        <message>
            <source>on “{0}”</source>
            <translation>bei „{0}“</translation>
        </message>
        <message>
            <source>1 prompt</source>
            <translation>1 Aufgabe</translation>
        </message>
        <message>
            <source>{n} prompts</source>
            <translation>{n} Aufgaben</translation>
        </message>
        <message>
            <source>1 repeat</source>
            <translation>1 Wiederholung</translation>
        </message>
        <message>
            <source>{n} repeats</source>
            <translation>{n} Wiederholungen</translation>
        </message>
        <message>
            <source>1 pair of answers</source>
            <translation>1 Antwortpaar</translation>
        </message>
        <message>
            <source>{n} pairs of answers</source>
            <translation>{n} Antwortpaare</translation>
        </message>
        <message>
            <source>Nothing is measured yet.</source>
            <translation>Noch ist nichts gemessen.</translation>
        </message>
        <message>
            <source>Not known yet whether drafting pays: {0} so far, {1} are too few.</source>
            <translation>Noch nicht bekannt, ob sich Entwerfen lohnt: bisher {0}, {1} sind zu wenig.</translation>
        </message>
        <message>
            <source>With drafting, text is written {0} as fast (95 % interval, {1}).</source>
            <translation>Mit Entwürfen wird {0} so schnell geschrieben (95-%-Intervall, {1}).</translation>
        </message>
        <message>
            <source>Drafting costs speed here: {0} as fast (95 % interval, {1}).</source>
            <translation>Entwerfen kostet hier Geschwindigkeit: {0} so schnell (95-%-Intervall, {1}).</translation>
        </message>
        <message>
            <source>Drafting makes no difference of more than {2} %: {0} (95 % interval, {1}).</source>
            <translation>Entwerfen macht keinen Unterschied von mehr als {2} %: {0} (95-%-Intervall, {1}).</translation>
        </message>
        <message>
            <source>Not known yet whether drafting pays: {0} (95 % interval, {1}).</source>
            <translation>Noch nicht bekannt, ob sich Entwerfen lohnt: {0} (95-%-Intervall, {1}).</translation>
        </message>
        <message>
            <source>The whole answer, prompt included: {0}.</source>
            <translation>Die ganze Antwort, samt Lesen der Aufgabe: {0}.</translation>
        </message>
        <message>
            <source>{0} of {1} pairs of answers are the same, token for token.</source>
            <translation>{0} von {1} Antwortpaaren sind gleich, Token für Token.</translation>
        </message>
        <message>
            <source>Sampled answers rightly differ; they are compared up to the length of the shorter one.</source>
            <translation>Gezogene Antworten unterscheiden sich zu Recht; verglichen werden sie bis zur Länge der kürzeren.</translation>
        </message>
        <message>
            <source>The acceptance rule changes the output.</source>
            <translation>Die Akzeptanzregel verändert die Ausgabe.</translation>
        </message>
        <message>
            <source>automatic length</source>
            <translation>automatische Länge</translation>
        </message>
        <message>
            <source>up to {0} tokens a step</source>
            <translation>bis zu {0} Token je Schritt</translation>
        </message>
        <message>
            <source>relaxed acceptance</source>
            <translation>gelockerte Akzeptanz</translation>
        </message>
        <message>
            <source>typical acceptance</source>
            <translation>typische Akzeptanz</translation>
        </message>
        <message>
            <source>{0} with n-gram lookup</source>
            <translation>{0} mit N-Gramm-Nachschlagen</translation>
        </message>
        <message>
            <source>{0} with the draft {1}</source>
            <translation>{0} mit dem Entwurf {1}</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0} ({1})</translation>
        </message>
        <message>
            <source>the draft {0}</source>
            <translation>dem Entwurf {0}</translation>
        </message>
        <message>
            <source>n-gram lookup</source>
            <translation>N-Gramm-Nachschlagen</translation>
        </message>
        <message>
            <source>{0}: with {1}, {2}, against no drafting</source>
            <translation>{0}: mit {1}, {2}, gegen keine Entwürfe</translation>
        </message>
        <message>
            <source>temperature {0}, top-p {1}, top-k {2}</source>
            <translation>Temperatur {0}, Top-p {1}, Top-k {2}</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>Drafting</source>
            <translation>Entwerfen</translation>
        </message>
        <message>
            <source>Sampling</source>
            <translation>Ziehen</translation>
        </message>
        <message>
            <source>greedy</source>
            <translation>gierig</translation>
        </message>
        <message>
            <source>seed {0}</source>
            <translation>Startwert {0}</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Längste Antwort</translation>
        </message>
        <message>
            <source>{n} tokens</source>
            <translation>{n} Token</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Rechner</translation>
        </message>
        <message>
            <source>{n} threads</source>
            <translation>{n} Threads</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Maschinerie</translation>
        </message>
        <message>
            <source>with drafting</source>
            <translation>mit Entwürfen</translation>
        </message>
        <message>
            <source>without drafting</source>
            <translation>ohne Entwürfe</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message>
            <source>about {0} left</source>
            <translation>noch etwa {0}</translation>
        </message>
        <message>
            <source>{0}: nothing is measured yet.</source>
            <translation>{0}: noch ist nichts gemessen.</translation>
        </message>
        <message>
            <source>{0}, {1}: {2}.</source>
            <translation>{0}, {1}: {2}.</translation>
        </message>
    </context>
    <context>
        <name>Benching</name>
        <message>
            <source>A model file cannot be read: {0}</source>
            <translation>Eine Modelldatei lässt sich nicht lesen: {0}</translation>
        </message>
        <message>
            <source>This benchmark cannot go on: since it was begun, something has changed ({0}).</source>
            <translation>Diese Messreihe kann nicht weitergehen: seit ihrem Beginn hat sich etwas geändert ({0}).</translation>
        </message>
        <message>
            <source>Begin a new one.</source>
            <translation>Beginne eine neue.</translation>
        </message>
        <message>
            <source>the model</source>
            <translation>das Modell</translation>
        </message>
        <message>
            <source>the draft</source>
            <translation>der Entwurf</translation>
        </message>
        <message>
            <source>the context size</source>
            <translation>die Kontextgröße</translation>
        </message>
        <message>
            <source>the threads</source>
            <translation>die Threads</translation>
        </message>
        <message>
            <source>the machine</source>
            <translation>der Rechner</translation>
        </message>
        <message>
            <source>Slipstream</source>
            <translation>Slipstream</translation>
        </message>
        <message>
            <source>llama.cpp</source>
            <translation>llama.cpp</translation>
        </message>
        <message>
            <source>the settings</source>
            <translation>die Einstellungen</translation>
        </message>
    </context>
    <context>
        <name>BenchmarkWindow</name>
        <message>
            <source>Benchmarks</source>
            <translation>Messreihen</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <source>Saved</source>
            <translation>Gespeichert</translation>
        </message>
        <message>
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
    </context>
    <context>
        <name>Benchmarks</name>
        <message>
            <source>A benchmark is running.</source>
            <translation>Eine Messreihe läuft.</translation>
        </message>
        <message>
            <source>The model is still loading.</source>
            <translation>Das Modell wird noch geladen.</translation>
        </message>
        <message>
            <source>The pair is being measured.</source>
            <translation>Das Paar wird gerade gemessen.</translation>
        </message>
        <message>
            <source>Ways to draft are being compared.</source>
            <translation>Entwurfsarten werden verglichen.</translation>
        </message>
        <message>
            <source>No model is loaded. Choose one in the bar above the conversation.</source>
            <translation>Kein Modell ist geladen. Wähle eines in der Leiste über dem Gespräch.</translation>
        </message>
        <message>
            <source>An answer is being written. Stop it, or wait for it.</source>
            <translation>Eine Antwort wird geschrieben. Halte sie an, oder warte sie ab.</translation>
        </message>
        <message>
            <source>Nobody drafts, so there is nothing to compare. Choose a draft, or n-gram lookup.</source>
            <translation>Niemand entwirft, also gibt es nichts zu vergleichen. Wähle einen Entwurf oder das N-Gramm-Nachschlagen.</translation>
        </message>
        <message>
            <source>It was measured with {0}: load that first.</source>
            <translation>Sie wurde mit {0} gemessen: lade das zuerst.</translation>
        </message>
        <message>
            <source> and </source>
            <translation> und </translation>
        </message>
        <message>
            <source>The benchmark was stopped. {0}</source>
            <translation>Die Messreihe wurde angehalten. {0}</translation>
        </message>
        <message>
            <source>The benchmark ended because of a fault in Slipstream.</source>
            <translation>Die Messreihe endete wegen eines Fehlers in Slipstream.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
    </context>
    <context>
        <name>Canvas</name>
        <message>
            <source>Conversation</source>
            <translation>Gespräch</translation>
        </message>
    </context>
    <context>
        <name>Chat</name>
        <message>
            <source>The conversation is still being read. Try again in a moment.</source>
            <translation>Das Gespräch wird noch gelesen. Gleich noch einmal versuchen.</translation>
        </message>
        <message>
            <source>An answer is still being written. Stop it, or wait for it.</source>
            <translation>Es wird noch eine Antwort geschrieben. Halte sie an, oder warte auf sie.</translation>
        </message>
        <message>
            <source>The answer is kept here and written once that is possible. {0}</source>
            <translation>Die Antwort bleibt hier erhalten und wird gespeichert, sobald das möglich ist. {0}</translation>
        </message>
        <message>
            <source>The model no longer sees the oldest {0} messages of this conversation.</source>
            <translation>Das Modell sieht die ältesten {0} Nachrichten dieses Gesprächs nicht mehr.</translation>
        </message>
        <message>
            <source>drafted and accepted</source>
            <translation>vorausgeschrieben und angenommen</translation>
        </message>
        <message>
            <source>recovered: the draft was wrong here</source>
            <translation>ersetzt: hier lag der Entwurf falsch</translation>
        </message>
        <message>
            <source>bonus: after a draft kept whole</source>
            <translation>Zugabe: nach einem ganz behaltenen Entwurf</translation>
        </message>
        <message>
            <source>unmarked: no draft</source>
            <translation>ohne Zeichen: kein Entwurf</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Du</translation>
        </message>
        <message>
            <source>You wrote: {0}</source>
            <translation>Du hast geschrieben: {0}</translation>
        </message>
        <message>
            <source>The answer is being written</source>
            <translation>Die Antwort wird geschrieben</translation>
        </message>
        <message>
            <source>Answer: {0}</source>
            <translation>Antwort: {0}</translation>
        </message>
        <message>
            <source>{n} tokens</source>
            <translation>{n} Token</translation>
        </message>
        <message>
            <source>{n} tokens/s</source>
            <translation>{n} Token/s</translation>
        </message>
        <message>
            <source>ended by you</source>
            <translation>von dir beendet</translation>
        </message>
        <message>
            <source>ended by its budget</source>
            <translation>durch sein Limit beendet</translation>
        </message>
        <message>
            <source>Thinking…</source>
            <translation>Denkt nach…</translation>
        </message>
        <message>
            <source>Thought for</source>
            <translation>Nachgedacht:</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{m} min {s} s</source>
            <translation>{m} min {s} s</translation>
        </message>
    </context>
    <context>
        <name>ChatPane</name>
        <message>
            <source>Choose a model first</source>
            <translation>Wähle zuerst ein Modell</translation>
        </message>
        <message>
            <source>The model is loading…</source>
            <translation>Das Modell wird geladen…</translation>
        </message>
        <message>
            <source>The pair is being measured…</source>
            <translation>Das Paar wird gemessen…</translation>
        </message>
        <message>
            <source>Ways to draft are being compared…</source>
            <translation>Entwurfsarten werden verglichen…</translation>
        </message>
        <message>
            <source>A benchmark is running…</source>
            <translation>Eine Messreihe läuft…</translation>
        </message>
        <message>
            <source>The engine is stopped; restart it above</source>
            <translation>Die Engine steht; starte sie oben neu</translation>
        </message>
        <message>
            <source>Reading the prompt…</source>
            <translation>Liest die Eingabe…</translation>
        </message>
        <message>
            <source>The draft reads the prompt… {done} / {total} tokens</source>
            <translation>Der Entwurf liest die Eingabe… {done} / {total} Token</translation>
        </message>
        <message>
            <source>Reading the prompt… {done} / {total} tokens</source>
            <translation>Liest die Eingabe… {done} / {total} Token</translation>
        </message>
    </context>
    <context>
        <name>ChatView</name>
        <message>
            <source>The answer is complete</source>
            <translation>Die Antwort ist vollständig</translation>
        </message>
    </context>
    <context>
        <name>Choices</name>
        <message>
            <source>More drafts</source>
            <translation>Weitere Entwurfsmodelle</translation>
        </message>
        <message>
            <source>Other models on this machine that can draft here</source>
            <translation>Andere Modelle auf dieser Maschine, die hier entwerfen können</translation>
        </message>
        <message>
            <source>Compare no drafting with</source>
            <translation>Vergleiche ohne Entwurf mit</translation>
        </message>
        <message>
            <source>Fixed draft</source>
            <translation>Fester Entwurf</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Answer up to</source>
            <translation>Antwort bis zu</translation>
        </message>
        <message>
            <source>{0} sides are the most.</source>
            <translation>Mehr als {0} Seiten gehen nicht.</translation>
        </message>
    </context>
    <context>
        <name>ChunkBars</name>
        <message>
            <source>A step gives out its tokens at once, as one chunk: what was kept of the draft, and one of the model's own. Without drafting every chunk has one token.</source>
            <translation>Ein Schritt gibt seine Token auf einmal aus, als ein Stück: was vom Entwurf bleibt, und eines vom Modell selbst. Ohne Vorausschreiben hat jedes Stück ein Token.</translation>
        </message>
        <message>
            <source>Tokens per chunk, % of chunks</source>
            <translation>Token je Stück, % der Stücke</translation>
        </message>
        <message>
            <source>Nothing written yet</source>
            <translation>Noch nichts geschrieben</translation>
        </message>
        <message>
            <source>1 token: {share}, {count} chunks</source>
            <translation>1 Token: {share}, {count} Stücke</translation>
        </message>
        <message>
            <source>{n} tokens: {share}, {count} chunks</source>
            <translation>{n} Token: {share}, {count} Stücke</translation>
        </message>
    </context>
    <context>
        <name>CodeControl</name>
        <message>
            <source>Copy code</source>
            <translation>Code kopieren</translation>
        </message>
        <message>
            <source>Code copied</source>
            <translation>Code kopiert</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>More</source>
            <translation>Weiteres</translation>
        </message>
        <message>
            <source>Go to “{0}”</source>
            <translation>Gehe zu „{0}“</translation>
        </message>
        <message>
            <source>Conversations</source>
            <translation>Gespräche</translation>
        </message>
        <message>
            <source>the file is not there any more</source>
            <translation>die Datei ist nicht mehr da</translation>
        </message>
        <message>
            <source>Load {0}</source>
            <translation>{0} laden</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>{0} model files are too many at once.</source>
            <translation>{0} Modelldateien sind zu viele auf einmal.</translation>
        </message>
        <message>
            <source>Drop one model, or two: a model and its draft.</source>
            <translation>Lege ein Modell ab oder zwei: ein Modell und seinen Entwurf.</translation>
        </message>
        <message>
            <source>{0} is the model, {1} the draft: the larger file of two is the model.</source>
            <translation>{0} ist das Modell, {1} der Entwurf: von zwei Dateien ist die größere das Modell.</translation>
        </message>
        <message>
            <source>Choose a model</source>
            <translation>Modell wählen</translation>
        </message>
        <message>
            <source>Choose a draft model</source>
            <translation>Entwurfsmodell wählen</translation>
        </message>
        <message>
            <source>Attach text files</source>
            <translation>Textdateien anhängen</translation>
        </message>
        <message>
            <source>Leave out the oldest turns</source>
            <translation>Älteste Nachrichten weglassen</translation>
        </message>
        <message>
            <source>Set a larger context…</source>
            <translation>Größeren Kontext einstellen…</translation>
        </message>
        <message>
            <source>GGUF models (*.gguf);;All files (*)</source>
            <translation>GGUF-Modelle (*.gguf);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>What was changed about loading acts when the model is loaded again.</source>
            <translation>Was am Laden geändert wurde, gilt, sobald das Modell neu geladen ist.</translation>
        </message>
    </context>
    <context>
        <name>CompareDialog</name>
        <message>
            <source>Compare ways to draft</source>
            <translation>Entwurfsarten vergleichen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Measure on</source>
            <translation>Weiter messen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Copy the result</source>
            <translation>Ergebnis kopieren</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Does drafting pay for this prompt?</source>
            <translation>Lohnt sich Entwerfen bei dieser Frage?</translation>
        </message>
        <message>
            <source>Each way writes the same answer, 32 tokens at a time and by turns, on the model that is loaded. What slows the machine down slows all of them alike, so a small difference can be told from chance.</source>
            <translation>Jede Art schreibt dieselbe Antwort, je 32 Token und abwechselnd, auf dem geladenen Modell. Was den Rechner bremst, bremst alle gleich; so lässt sich ein kleiner Unterschied vom Zufall trennen.</translation>
        </message>
        <message>
            <source>Write it all once more, short answers several times: the intervals become narrower.</source>
            <translation>Alles noch einmal schreiben, kurze Antworten mehrmals: Die Intervalle werden enger.</translation>
        </message>
        <message>
            <source>The verdict and the figures, as Markdown</source>
            <translation>Das Urteil und die Zahlen, als Markdown</translation>
        </message>
        <message>
            <source>As a report, a table, JSON or pictures; with the prompt and the texts</source>
            <translation>Als Bericht, Tabelle, JSON oder Bilder; mit dem Prompt und den Texten</translation>
        </message>
        <message>
            <source>Show what was compared before</source>
            <translation>Zeigen, was schon verglichen wurde</translation>
        </message>
        <message>
            <source>Prompt: {0}</source>
            <translation>Frage: {0}</translation>
        </message>
        <message>
            <source>Choose at least one way to draft.</source>
            <translation>Mindestens eine Entwurfsart wählen.</translation>
        </message>
        <message>
            <source>Earlier ({0})</source>
            <translation>Frühere ({0})</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Frühere</translation>
        </message>
        <message>
            <source>The result is on the clipboard.</source>
            <translation>Das Ergebnis ist in der Zwischenablage.</translation>
        </message>
    </context>
    <context>
        <name>CompareTable</name>
        <message>
            <source>How many times as fast with drafting as without it, with its 95 % interval.</source>
            <translation>Wievielmal so schnell mit Entwürfen wie ohne, mit dem 95-%-Intervall.</translation>
        </message>
        <message>
            <source>Decode tokens/s with drafting: the geometric mean over prompts.</source>
            <translation>Token/s beim Schreiben mit Entwürfen: geometrisches Mittel über die Aufgaben.</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>The kind of text that is asked for.</source>
            <translation>Die Art Text, die verlangt wird.</translation>
        </message>
        <message>
            <source>A: speed-up</source>
            <translation>A: Beschleunigung</translation>
        </message>
        <message>
            <source>B: speed-up</source>
            <translation>B: Beschleunigung</translation>
        </message>
        <message>
            <source>A: tokens/s</source>
            <translation>A: Token/s</translation>
        </message>
        <message>
            <source>B: tokens/s</source>
            <translation>B: Token/s</translation>
        </message>
        <message>
            <source>B against A</source>
            <translation>B gegen A</translation>
        </message>
        <message>
            <source>Tokens/s with drafting of B over those of A, on the prompts both have. They were measured at different times, so other things than the settings may have changed.</source>
            <translation>Token/s mit Entwürfen von B geteilt durch die von A, bei den Aufgaben, die beide haben. Sie wurden zu verschiedenen Zeiten gemessen, also kann sich anderes als die Einstellungen geändert haben.</translation>
        </message>
        <message>
            <source>Two benchmarks side by side</source>
            <translation>Zwei Messreihen nebeneinander</translation>
        </message>
    </context>
    <context>
        <name>Comparing</name>
        <message>
            <source>There is nothing to compare: write a prompt first.</source>
            <translation>Es gibt nichts zu vergleichen: zuerst eine Frage schreiben.</translation>
        </message>
    </context>
    <context>
        <name>Composer</name>
        <message>
            <source>Message</source>
            <translation>Nachricht</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>Stop (Esc)</source>
            <translation>Anhalten (Esc)</translation>
        </message>
        <message>
            <source>Send (Enter)</source>
            <translation>Senden (Eingabe)</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Nachricht schreiben</translation>
        </message>
    </context>
    <context>
        <name>ComposerFoot</name>
        <message>
            <source>Attach a text file (Ctrl+Shift+A)</source>
            <translation>Textdatei anhängen (Strg+Umschalt+A)</translation>
        </message>
        <message>
            <source>Attach a text file</source>
            <translation>Textdatei anhängen</translation>
        </message>
        <message>
            <source>What this conversation's answers are written with (Ctrl+P)</source>
            <translation>Womit die Antworten dieses Gesprächs geschrieben werden (Strg+P)</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Compare ways to draft on what you write (Ctrl+Shift+B)</source>
            <translation>Entwurfsarten am Geschriebenen vergleichen (Strg+Umschalt+B)</translation>
        </message>
        <message>
            <source>Compare ways to draft</source>
            <translation>Entwurfsarten vergleichen</translation>
        </message>
        <message>
            <source>Parameters: {0}</source>
            <translation>Parameter: {0}</translation>
        </message>
    </context>
    <context>
        <name>ContextField</name>
        <message>
            <source>Context size</source>
            <translation>Kontextgröße</translation>
        </message>
    </context>
    <context>
        <name>ContextGauge</name>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>{n} tokens too long</source>
            <translation>{n} Token zu lang</translation>
        </message>
        <message>
            <source>about {used} / {size}</source>
            <translation>etwa {used} / {size}</translation>
        </message>
        <message>
            <source>This is too long to be sent.</source>
            <translation>Das ist zu lang zum Senden.</translation>
        </message>
        <message>
            <source>The answer has room for {n} tokens.</source>
            <translation>Für die Antwort ist Platz für {n} Token.</translation>
        </message>
        <message>
            <source>The oldest {n} messages are left out.</source>
            <translation>Die ältesten {n} Nachrichten bleiben weg.</translation>
        </message>
        <message>
            <source>Context: {0}</source>
            <translation>Kontext: {0}</translation>
        </message>
        <message>
            <source>About {used} of the {size} tokens of the context are used. They are counted once the model is free.</source>
            <translation>Etwa {used} der {size} Token des Kontexts sind belegt. Gezählt werden sie, sobald das Modell frei ist.</translation>
        </message>
        <message>
            <source>{used} of the {size} tokens of the context are used, what you are writing included.</source>
            <translation>{used} der {size} Token des Kontexts sind belegt, was du gerade schreibst eingeschlossen.</translation>
        </message>
    </context>
    <context>
        <name>ContinueControl</name>
        <message>
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Let the model go on with this answer</source>
            <translation>Das Modell diese Antwort fortsetzen lassen</translation>
        </message>
    </context>
    <context>
        <name>ConversationList</name>
        <message>
            <source>Conversations</source>
            <translation>Gespräche</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Umbenennen</translation>
        </message>
        <message>
            <source>Pin</source>
            <translation>Anheften</translation>
        </message>
        <message>
            <source>Move to folder…</source>
            <translation>In Ordner verschieben…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Wiederherstellen</translation>
        </message>
        <message>
            <source>Fold</source>
            <translation>Zuklappen</translation>
        </message>
        <message>
            <source>Dissolve the folder</source>
            <translation>Ordner auflösen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>Unpin</source>
            <translation>Lösen</translation>
        </message>
        <message>
            <source>Move to folder</source>
            <translation>In Ordner verschieben</translation>
        </message>
        <message>
            <source>New folder…</source>
            <translation>Neuer Ordner…</translation>
        </message>
        <message>
            <source>Take out of “{0}”</source>
            <translation>Aus „{0}“ herausnehmen</translation>
        </message>
        <message>
            <source>New folder</source>
            <translation>Neuer Ordner</translation>
        </message>
        <message>
            <source>Name of the folder:</source>
            <translation>Name des Ordners:</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Verschieben</translation>
        </message>
    </context>
    <context>
        <name>Conversations</name>
        <message>
            <source>“{0}” was deleted.</source>
            <translation>„{0}“ wurde gelöscht.</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>It stays under “Recently deleted” for 30 days.</source>
            <translation>Es bleibt 30 Tage lang unter „Zuletzt gelöscht“.</translation>
        </message>
        <message>
            <source>Pinned</source>
            <translation>Angeheftet</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>Previous 7 days</source>
            <translation>Letzte 7 Tage</translation>
        </message>
        <message>
            <source>Recently deleted</source>
            <translation>Zuletzt gelöscht</translation>
        </message>
        <message>
            <source>folded</source>
            <translation>zugeklappt</translation>
        </message>
        <message>
            <source>open</source>
            <translation>aufgeklappt</translation>
        </message>
    </context>
    <context>
        <name>Copier</name>
        <message>
            <source>Message copied</source>
            <translation>Nachricht kopiert</translation>
        </message>
        <message>
            <source>Answer copied</source>
            <translation>Antwort kopiert</translation>
        </message>
        <message>
            <source>Conversation copied</source>
            <translation>Gespräch kopiert</translation>
        </message>
    </context>
    <context>
        <name>DashboardPanel</name>
        <message>
            <source>Live figures</source>
            <translation>Live-Werte</translation>
        </message>
    </context>
    <context>
        <name>DownloadCard</name>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Load</source>
            <translation>Laden</translation>
        </message>
        <message>
            <source>Use as draft</source>
            <translation>Als Entwurfsmodell nehmen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Progress of {0}</source>
            <translation>Fortschritt von {0}</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>Aus der Liste nehmen</translation>
        </message>
        <message>
            <source>Deletes what has come of it</source>
            <translation>Löscht, was davon angekommen ist</translation>
        </message>
        <message>
            <source>{0}, checksum right</source>
            <translation>{0}, Prüfsumme stimmt</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} von {1}</translation>
        </message>
        <message>
            <source>checking what is here</source>
            <translation>prüft, was da ist</translation>
        </message>
        <message>
            <source>{0}/s</source>
            <translation>{0}/s</translation>
        </message>
        <message>
            <source>{0} left</source>
            <translation>noch {0}</translation>
        </message>
        <message>
            <source>next try in {0}</source>
            <translation>nächster Versuch in {0}</translation>
        </message>
    </context>
    <context>
        <name>DownloadRecords</name>
        <message>
            <source>{0} could not be deleted: {1}</source>
            <translation>{0} ließ sich nicht löschen: {1}</translation>
        </message>
        <message>
            <source>Delete it by hand in {0}.</source>
            <translation>Von Hand in {0} löschen.</translation>
        </message>
    </context>
    <context>
        <name>DownloadThread</name>
        <message>
            <source>The download ended because of a fault in Slipstream.</source>
            <translation>Das Herunterladen endete wegen eines Fehlers in Slipstream.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
    </context>
    <context>
        <name>Downloads</name>
        <message>
            <source>{0} was not downloaded: {1}</source>
            <translation>{0} wurde nicht heruntergeladen: {1}</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>downloading</source>
            <translation>lädt</translation>
        </message>
        <message>
            <source>paused</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>done</source>
            <translation>fertig</translation>
        </message>
    </context>
    <context>
        <name>DownloadsPage</name>
        <message>
            <source>What you download from the hub stands here. It goes on after a cut, a crash or a restart, and its checksum is compared at the end.</source>
            <translation>Was vom Hub geladen wird, steht hier. Nach einer Unterbrechung, einem Absturz oder Neustart geht es weiter, und am Ende wird die Prüfsumme verglichen.</translation>
        </message>
        <message>
            <source>No downloads</source>
            <translation>Keine Downloads</translation>
        </message>
        <message>
            <source>Search the hub</source>
            <translation>Hub durchsuchen</translation>
        </message>
        <message>
            <source>then it is loaded</source>
            <translation>danach wird es geladen</translation>
        </message>
        <message>
            <source>then it drafts for {0}</source>
            <translation>danach schreibt es für {0} voraus</translation>
        </message>
    </context>
    <context>
        <name>DraftFinder</name>
        <message>
            <source>{0} has no model that is whole</source>
            <translation>{0} hat kein vollständiges Modell</translation>
        </message>
        <message>
            <source>Look for another copy.</source>
            <translation>Nach einer anderen Kopie suchen.</translation>
        </message>
        <message>
            <source>No draft was downloaded: none that is known for {0} is expected to pay here.</source>
            <translation>Kein Entwurfsmodell wurde geladen: Keines, das für {0} bekannt ist, lohnt hier voraussichtlich.</translation>
        </message>
        <message>
            <source>What speaks against each stands below it; it can be had all the same.</source>
            <translation>Was gegen jedes spricht, steht darunter; zu haben ist es trotzdem.</translation>
        </message>
    </context>
    <context>
        <name>DraftList</name>
        <message>
            <source>Drafts for this model</source>
            <translation>Entwurfsmodelle dafür</translation>
        </message>
        <message>
            <source>Known to go with it, on the hub</source>
            <translation>Auf dem Hub, als passend bekannt</translation>
        </message>
        <message>
            <source>Get the recommended draft</source>
            <translation>Empfohlenes Entwurfsmodell holen</translation>
        </message>
        <message>
            <source>Looks at the drafts below, downloads the best that fits, and loads it with this model</source>
            <translation>Sieht die Entwurfsmodelle darunter an, lädt das beste passende herunter und lädt es mit diesem Modell</translation>
        </message>
        <message>
            <source>Compare them on the hub</source>
            <translation>Auf dem Hub vergleichen</translation>
        </message>
        <message>
            <source>Reads a few megabytes of each, and downloads none</source>
            <translation>Liest von jedem ein paar Megabyte und lädt keines herunter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Comparing vocabularies…</source>
            <translation>Vokabulare werden verglichen…</translation>
        </message>
        <message>
            <source>No model on this machine can draft for it. N-gram lookup drafts without one.</source>
            <translation>Kein Modell auf diesem Rechner kann dafür vorausschreiben. N-Gramm-Suche braucht keines.</translation>
        </message>
        <message>
            <source>A list is no judge: before anything is downloaded, the vocabularies are compared token by token.</source>
            <translation>Eine Liste entscheidet nichts: Vor jedem Herunterladen werden die Vokabulare Token für Token verglichen.</translation>
        </message>
        <message>
            <source>1 model here cannot draft for it</source>
            <translation>1 Modell hier kann nicht dafür vorausschreiben</translation>
        </message>
        <message>
            <source>{0} models here cannot draft for it</source>
            <translation>{0} Modelle hier können nicht dafür vorausschreiben</translation>
        </message>
    </context>
    <context>
        <name>Drawings</name>
        <message>
            <source>Draft model</source>
            <translation>Entwurfsmodell</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>verifies all four at once</source>
            <translation>prüft alle vier zugleich</translation>
        </message>
        <message>
            <source>one pass</source>
            <translation>ein Durchgang</translation>
        </message>
        <message>
            <source>time →</source>
            <translation>Zeit →</translation>
        </message>
        <message>
            <source>2 kept + 1 of the model's own = 3 tokens from one pass</source>
            <translation>2 behalten + 1 vom Modell selbst = 3 Token aus einem Durchgang</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>behalten</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>verworfen</translation>
        </message>
        <message>
            <source>own</source>
            <translation>eigenes</translation>
        </message>
        <message>
            <source>dropped</source>
            <translation>entfällt</translation>
        </message>
        <message>
            <source>Without drafting</source>
            <translation>Ohne Entwürfe</translation>
        </message>
        <message>
            <source>With drafting</source>
            <translation>Mit Entwürfen</translation>
        </message>
        <message>
            <source>In the same time: {plain} tokens one by one, or {count} in chunks, each gap 1.7 times as long</source>
            <translation>In derselben Zeit: {plain} Token einzeln oder {count} in Stücken, jeder Abstand 1,7-mal so lang</translation>
        </message>
    </context>
    <context>
        <name>DropSheet</name>
        <message>
            <source>Their text is sent with your message.</source>
            <translation>Ihr Text wird mit deiner Nachricht gesendet.</translation>
        </message>
        <message>
            <source>Attach</source>
            <translation>Anhängen</translation>
        </message>
        <message>
            <source>Of two files the larger becomes the model, the other its draft.</source>
            <translation>Von zwei Dateien wird die größere das Modell, die andere sein Entwurf.</translation>
        </message>
        <message>
            <source>Model and draft</source>
            <translation>Modell und Entwurf</translation>
        </message>
        <message>
            <source>The model that answers</source>
            <translation>Das Modell, das antwortet</translation>
        </message>
        <message>
            <source>Runs ahead of the model</source>
            <translation>Schreibt dem Modell voraus</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
    </context>
    <context>
        <name>EarlierList</name>
        <message>
            <source>Earlier comparisons</source>
            <translation>Frühere Vergleiche</translation>
        </message>
        <message>
            <source>What you compare is kept here.</source>
            <translation>Was verglichen wird, bleibt hier erhalten.</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen…</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>cut off</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>Remove the comparison</source>
            <translation>Vergleich entfernen</translation>
        </message>
        <message>
            <source>Remove this comparison with its texts and figures?</source>
            <translation>Diesen Vergleich mit seinen Texten und Zahlen entfernen?</translation>
        </message>
        <message>
            <source>This cannot be undone.</source>
            <translation>Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>EarlierRuns</name>
        <message>
            <source>No steps are recorded of this answer.</source>
            <translation>Von dieser Antwort sind keine Schritte aufgezeichnet.</translation>
        </message>
        <message>
            <source>A person wrote or changed it, or it is from before steps were kept.</source>
            <translation>Ein Mensch hat sie geschrieben oder geändert, oder sie ist älter als die Aufzeichnungen.</translation>
        </message>
        <message>
            <source>The steps of this answer could not be read.</source>
            <translation>Die Schritte dieser Antwort ließen sich nicht lesen.</translation>
        </message>
    </context>
    <context>
        <name>EditControl</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Leave it as it was (Esc)</source>
            <translation>Lassen, wie es war (Esc)</translation>
        </message>
        <message>
            <source>Edit the answer</source>
            <translation>Antwort bearbeiten</translation>
        </message>
        <message>
            <source>Edit your message</source>
            <translation>Deine Nachricht bearbeiten</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Senden</translation>
        </message>
        <message>
            <source>Keep it as another version (Enter)</source>
            <translation>Als weitere Fassung behalten (Eingabe)</translation>
        </message>
        <message>
            <source>Send it as another version (Enter)</source>
            <translation>Als weitere Fassung senden (Eingabe)</translation>
        </message>
        <message>
            <source>The version before is kept.</source>
            <translation>Die Fassung davor bleibt erhalten.</translation>
        </message>
    </context>
    <context>
        <name>Edits</name>
        <message>
            <source>An answer cannot be empty.</source>
            <translation>Eine Antwort kann nicht leer sein.</translation>
        </message>
        <message>
            <source>The message was removed.</source>
            <translation>Die Nachricht wurde entfernt.</translation>
        </message>
        <message>
            <source>The message and the one after it were removed.</source>
            <translation>Die Nachricht und die danach wurden entfernt.</translation>
        </message>
        <message>
            <source>The message and the {0} after it were removed.</source>
            <translation>Die Nachricht und die {0} danach wurden entfernt.</translation>
        </message>
    </context>
    <context>
        <name>EmptyState</name>
        <message>
            <source>What shall we think about?</source>
            <translation>Worüber wollen wir nachdenken?</translation>
        </message>
        <message>
            <source>Answers are written on this machine; a small draft model runs ahead of the big one.</source>
            <translation>Antworten entstehen auf diesem Rechner; ein kleines Entwurfsmodell schreibt dem großen voraus.</translation>
        </message>
        <message>
            <source>Explain</source>
            <translation>Erklären</translation>
        </message>
        <message>
            <source>Why is the sky blue, and the evening sky red?</source>
            <translation>Warum ist der Himmel blau und der Abendhimmel rot?</translation>
        </message>
        <message>
            <source>Write code</source>
            <translation>Code schreiben</translation>
        </message>
        <message>
            <source>Write a Python function that finds all primes below n.</source>
            <translation>Schreibe eine Python-Funktion, die alle Primzahlen unter n findet.</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Schlussfolgern</translation>
        </message>
        <message>
            <source>A train leaves at 9:40 and takes 85 minutes. When does it arrive?</source>
            <translation>Ein Zug fährt um 9:40 ab und braucht 85 Minuten. Wann kommt er an?</translation>
        </message>
        <message>
            <source>Figures appear here while an answer is written</source>
            <translation>Hier erscheinen Werte, während eine Antwort geschrieben wird</translation>
        </message>
        <message>
            <source>Tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>the speed, against the level without drafting</source>
            <translation>das Tempo, verglichen mit dem ohne Entwurf</translation>
        </message>
        <message>
            <source>Acceptance and τ</source>
            <translation>Annahme und τ</translation>
        </message>
        <message>
            <source>how much of the draft is kept, and what a pass yields</source>
            <translation>wie viel vom Entwurf bleibt und was ein Durchgang bringt</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>Latenz</translation>
        </message>
        <message>
            <source>how evenly the text arrives</source>
            <translation>wie gleichmäßig der Text ankommt</translation>
        </message>
    </context>
    <context>
        <name>ExplanationDialog</name>
        <message>
            <source>What speculation does to latency</source>
            <translation>Was Spekulation mit der Latenz macht</translation>
        </message>
    </context>
    <context>
        <name>FigureStrip</name>
        <message>
            <source>Show this run in the live figures</source>
            <translation>Diesen Lauf in den Live-Werten zeigen</translation>
        </message>
        <message>
            <source>Click to see the whole run.</source>
            <translation>Klicken, um den ganzen Lauf zu sehen.</translation>
        </message>
    </context>
    <context>
        <name>FiguresTable</name>
        <message>
            <source>Figures by kind of text</source>
            <translation>Zahlen nach Textart</translation>
        </message>
        <message>
            <source>Inter-chunk latency with drafting: the gap between two emissions, pooled over all answers.</source>
            <translation>Abstand zwischen zwei Ausgaben mit Entwürfen, über alle Antworten zusammengenommen.</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>The kind of text that is asked for.</source>
            <translation>Die Art Text, die verlangt wird.</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>Aufgaben</translation>
        </message>
        <message>
            <source>Prompts that were answered with and without drafting.</source>
            <translation>Aufgaben, die mit und ohne Entwürfe beantwortet wurden.</translation>
        </message>
        <message>
            <source>tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>Decode tokens/s with drafting: the geometric mean over prompts.</source>
            <translation>Token/s beim Schreiben mit Entwürfen: geometrisches Mittel über die Aufgaben.</translation>
        </message>
        <message>
            <source>without</source>
            <translation>ohne</translation>
        </message>
        <message>
            <source>The same without drafting.</source>
            <translation>Dasselbe ohne Entwürfe.</translation>
        </message>
        <message>
            <source>Speed-up</source>
            <translation>Beschleunigung</translation>
        </message>
        <message>
            <source>The ratio of both, prompt by prompt, in the same process, with its 95 % interval.</source>
            <translation>Das Verhältnis beider, Aufgabe für Aufgabe, im selben Prozess, mit dem 95-%-Intervall.</translation>
        </message>
        <message>
            <source>whole answer</source>
            <translation>ganze Antwort</translation>
        </message>
        <message>
            <source>The same of total latency: from the request to the last token.</source>
            <translation>Dasselbe für die gesamte Antwortzeit: von der Anfrage bis zum letzten Token.</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>behalten</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens.</source>
            <translation>Annahmerate: angenommene / vorausgeschriebene Token.</translation>
        </message>
        <message>
            <source>τ</source>
            <translation>τ</translation>
        </message>
        <message>
            <source>Acceptance length: 1 + accepted / steps.</source>
            <translation>Akzeptanzlänge: 1 + akzeptiert / Schritte.</translation>
        </message>
        <message>
            <source>gap p50</source>
            <translation>Abstand p50</translation>
        </message>
        <message>
            <source>p95</source>
            <translation>p95</translation>
        </message>
        <message>
            <source>p99</source>
            <translation>p99</translation>
        </message>
        <message>
            <source>max</source>
            <translation>max</translation>
        </message>
    </context>
    <context>
        <name>FindBar</name>
        <message>
            <source>Find in this conversation</source>
            <translation>In diesem Gespräch suchen</translation>
        </message>
        <message>
            <source>Match case</source>
            <translation>Groß und klein unterscheiden</translation>
        </message>
        <message>
            <source>Previous hit (Shift+Enter)</source>
            <translation>Voriger Treffer (Umschalt+Eingabe)</translation>
        </message>
        <message>
            <source>Next hit (Enter)</source>
            <translation>Nächster Treffer (Eingabe)</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>Schließen (Esc)</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} von {total}</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
    </context>
    <context>
        <name>FitView</name>
        <message>
            <source>Working out what it takes of the memory…</source>
            <translation>Der Speicherbedarf wird ermittelt…</translation>
        </message>
        <message>
            <source>What it takes of the memory is not known.</source>
            <translation>Wie viel Speicher es braucht, ist nicht bekannt.</translation>
        </message>
        <message>
            <source>{0}: {1} of {2} free</source>
            <translation>{0}: {1} von {2} freien</translation>
        </message>
        <message>
            <source>GPU</source>
            <translation>GPU</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>Model {0}</source>
            <translation>Modell {0}</translation>
        </message>
        <message>
            <source>Draft {0}</source>
            <translation>Entwurfsmodell {0}</translation>
        </message>
    </context>
    <context>
        <name>FoldControl</name>
        <message>
            <source>Show less</source>
            <translation>Weniger zeigen</translation>
        </message>
        <message>
            <source>Show all, {n} more characters</source>
            <translation>Alles zeigen, {n} weitere Zeichen</translation>
        </message>
    </context>
    <context>
        <name>FolderDialog</name>
        <message>
            <source>Add a folder with models</source>
            <translation>Ordner mit Modellen hinzufügen</translation>
        </message>
    </context>
    <context>
        <name>FooterControl</name>
        <message>
            <source>Copy answer</source>
            <translation>Antwort kopieren</translation>
        </message>
        <message>
            <source>Regenerate</source>
            <translation>Neu schreiben</translation>
        </message>
        <message>
            <source>Write another answer</source>
            <translation>Andere Antwort schreiben</translation>
        </message>
        <message>
            <source>Compare ways to draft</source>
            <translation>Entwurfsarten vergleichen</translation>
        </message>
        <message>
            <source>Compare ways to draft on this prompt</source>
            <translation>Entwurfsarten an dieser Frage vergleichen</translation>
        </message>
        <message>
            <source>Edit answer</source>
            <translation>Antwort bearbeiten</translation>
        </message>
        <message>
            <source>Remove answer</source>
            <translation>Antwort entfernen</translation>
        </message>
        <message>
            <source>Remove this answer and what follows it</source>
            <translation>Diese Antwort und was ihr folgt entfernen</translation>
        </message>
        <message>
            <source>Previous answer</source>
            <translation>Vorige Antwort</translation>
        </message>
        <message>
            <source>Show the answer before this one</source>
            <translation>Die Antwort vor dieser zeigen</translation>
        </message>
        <message>
            <source>Next answer</source>
            <translation>Nächste Antwort</translation>
        </message>
        <message>
            <source>Show the answer after this one</source>
            <translation>Die Antwort nach dieser zeigen</translation>
        </message>
        <message>
            <source>Answer {0} of {1}</source>
            <translation>Antwort {0} von {1}</translation>
        </message>
    </context>
    <context>
        <name>Formula</name>
        <message>
            <source>it is too long to be drawn</source>
            <translation>sie ist zu lang zum Zeichnen</translation>
        </message>
        <message>
            <source>it has a character that the font for formulas lacks</source>
            <translation>sie hat ein Zeichen, das der Schrift für Formeln fehlt</translation>
        </message>
        <message>
            <source>drawing it took too much time or memory</source>
            <translation>sie zu zeichnen brauchte zu viel Zeit oder Speicher</translation>
        </message>
        <message>
            <source>formulas cannot be drawn; the log says why</source>
            <translation>Formeln lassen sich nicht zeichnen; das Protokoll sagt warum</translation>
        </message>
        <message>
            <source>something in it is not understood</source>
            <translation>etwas darin ist nicht verständlich</translation>
        </message>
        <message>
            <source>Shown as LaTeX: {why}</source>
            <translation>Als LaTeX gezeigt: {why}</translation>
        </message>
    </context>
    <context>
        <name>Headline</name>
        <message>
            <source>tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>last 2 s</source>
            <translation>letzte 2 s</translation>
        </message>
        <message>
            <source>Acceptance</source>
            <translation>Annahme</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens.</source>
            <translation>Annahmerate: angenommene / vorausgeschriebene Token.</translation>
        </message>
        <message>
            <source>τ, tokens/pass</source>
            <translation>τ, Token/Lauf</translation>
        </message>
        <message>
            <source>Acceptance length τ: 1 + accepted / steps, the mean tokens a verify pass yields.
Drafting pays while τ is above the break-even τ: the mean time of a drafting step / the mean time of a plain step.</source>
            <translation>Annahmelänge τ: 1 + angenommen / Schritte, die mittlere Zahl der Token je Prüflauf.
Vorausschreiben lohnt sich, solange τ über der Gewinnschwelle liegt: mittlere Zeit eines Schritts mit Entwurf / mittlere Zeit eines einfachen Schritts.</translation>
        </message>
        <message>
            <source>TTFT</source>
            <translation>TTFT</translation>
        </message>
        <message>
            <source>Time to first token: from the request to the first emitted token, prefill included.</source>
            <translation>Zeit bis zum ersten Token: von der Anfrage bis zum ersten ausgegebenen Token, Einlesen eingeschlossen.</translation>
        </message>
        <message>
            <source>Decode tokens/s of this answer: (emitted − 1) / (last emission − first emission).</source>
            <translation>Token/s dieser Antwort: (ausgegeben − 1) / (letzte Ausgabe − erste Ausgabe).</translation>
        </message>
        <message>
            <source>The same over the last two seconds.</source>
            <translation>Dasselbe über die letzten zwei Sekunden.</translation>
        </message>
        <message>
            <source>Tokens/s of this answer / the level measured on this machine, with this model, without drafting.</source>
            <translation>Token/s dieser Antwort / der Wert, der auf diesem Rechner mit diesem Modell ohne Vorausschreiben gemessen wurde.</translation>
        </message>
        <message>
            <source>The acceptance rule kept drafted tokens that the exact rule would have refused, so this is not what the model would have written alone.</source>
            <translation>Die Annahmeregel behielt vorausgeschriebene Token, die die genaue Regel verworfen hätte; das ist also nicht, was das Modell allein geschrieben hätte.</translation>
        </message>
        <message>
            <source>Tokens per second</source>
            <translation>Token je Sekunde</translation>
        </message>
        <message>
            <source>Tokens per second, last two seconds</source>
            <translation>Token je Sekunde, letzte zwei Sekunden</translation>
        </message>
        <message>
            <source>Speed-up</source>
            <translation>Beschleunigung</translation>
        </message>
        <message>
            <source>Acceptance rate</source>
            <translation>Annahmerate</translation>
        </message>
        <message>
            <source>Acceptance length τ</source>
            <translation>Annahmelänge τ</translation>
        </message>
        <message>
            <source>Time to first token</source>
            <translation>Zeit bis zum ersten Token</translation>
        </message>
        <message>
            <source>waiting…</source>
            <translation>wartet…</translation>
        </message>
        <message>
            <source>{accepted} of {drafted}</source>
            <translation>{accepted} von {drafted}</translation>
        </message>
        <message>
            <source>nothing drafted</source>
            <translation>nichts entworfen</translation>
        </message>
        <message>
            <source>to first token</source>
            <translation>bis zum ersten</translation>
        </message>
        <message>
            <source>Changes the output: the exact rule refuses {share} of what was kept</source>
            <translation>Ändert die Ausgabe: die genaue Regel verwirft {share} von dem, was blieb</translation>
        </message>
        <message>
            <source>pays above {tau}</source>
            <translation>lohnt ab {tau}</translation>
        </message>
        <message>
            <source>break-even –</source>
            <translation>Schwelle –</translation>
        </message>
        <message>
            <source>the {level} tok/s without drafting</source>
            <translation>der {level} Token/s ohne Entwurf</translation>
        </message>
        <message>
            <source>Drafting is off: this is the level to compare with</source>
            <translation>Kein Vorausschreiben: dies ist der Vergleichswert</translation>
        </message>
        <message>
            <source>Level not measured yet: answer once with drafting off</source>
            <translation>Noch kein Vergleichswert: einmal ohne Vorausschreiben antworten lassen</translation>
        </message>
        <message>
            <source>Comparing with the {level} tok/s without drafting…</source>
            <translation>Vergleicht mit den {level} Token/s ohne Entwurf…</translation>
        </message>
    </context>
    <context>
        <name>HistoryPage</name>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Kind of text</source>
            <translation>Textart</translation>
        </message>
        <message>
            <source>Speed-up by pair and kind of text</source>
            <translation>Beschleunigung nach Paar und Textart</translation>
        </message>
        <message>
            <source>Pair</source>
            <translation>Paar</translation>
        </message>
        <message>
            <source>Both models, and how it was drafted.</source>
            <translation>Beide Modelle, und wie entworfen wurde.</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>The kind of text that was asked for.</source>
            <translation>Die Art Text, die verlangt wurde.</translation>
        </message>
        <message>
            <source>Speed-up</source>
            <translation>Beschleunigung</translation>
        </message>
        <message>
            <source>Of decoding, against no drafting in the same process, with its 95 % interval.</source>
            <translation>Des Schreibens, gegen keine Entwürfe im selben Prozess, mit dem 95-%-Intervall.</translation>
        </message>
        <message>
            <source>whole answer</source>
            <translation>ganze Antwort</translation>
        </message>
        <message>
            <source>The same of total latency.</source>
            <translation>Dasselbe für die gesamte Antwortzeit.</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>behalten</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens.</source>
            <translation>Annahmerate: angenommene / vorausgeschriebene Token.</translation>
        </message>
        <message>
            <source>τ</source>
            <translation>τ</translation>
        </message>
        <message>
            <source>Acceptance length: 1 + accepted / steps.</source>
            <translation>Akzeptanzlänge: 1 + akzeptiert / Schritte.</translation>
        </message>
        <message>
            <source>prompts</source>
            <translation>Aufgaben</translation>
        </message>
        <message>
            <source>Each counts once, however often it was measured.</source>
            <translation>Jede zählt einmal, wie oft sie auch gemessen wurde.</translation>
        </message>
        <message>
            <source>last measured</source>
            <translation>zuletzt gemessen</translation>
        </message>
        <message>
            <source>When the latest benchmark was begun.</source>
            <translation>Wann die letzte Messreihe begonnen wurde.</translation>
        </message>
        <message>
            <source>Every answer over time</source>
            <translation>Alle Antworten im Verlauf</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>Alle Modelle</translation>
        </message>
        <message>
            <source>All texts</source>
            <translation>Alle Texte</translation>
        </message>
        <message>
            <source>Tokens/s of the answers in your conversations. Their texts differ, so they compare nothing: for that, measure a benchmark.</source>
            <translation>Token/s der Antworten in deinen Gesprächen. Ihre Texte sind verschieden, also vergleichen sie nichts: dazu miss eine Reihe.</translation>
        </message>
        <message>
            <source>No answer was written yet.</source>
            <translation>Noch wurde keine Antwort geschrieben.</translation>
        </message>
        <message>
            <source>Nothing was measured against no drafting yet: measure a benchmark, and here stands what drafting gains with each pair, by kind of text.</source>
            <translation>Noch wurde nichts gegen das Schreiben ohne Entwürfe gemessen: miss eine Reihe, und hier steht, was Entwerfen mit jedem Paar bringt, nach Textart.</translation>
        </message>
        <message>
            <source>Nothing of this was measured on this machine.</source>
            <translation>Nichts davon wurde auf diesem Rechner gemessen.</translation>
        </message>
        <message>
            <source>On this machine, as many times as fast with drafting:</source>
            <translation>Auf diesem Rechner mit Entwürfen sovielmal so schnell:</translation>
        </message>
    </context>
    <context>
        <name>HubDraft</name>
        <message>
            <source>Get it</source>
            <translation>Holen</translation>
        </message>
        <message>
            <source>not to be had</source>
            <translation>nicht zu haben</translation>
        </message>
        <message>
            <source>{0} (source: {1})</source>
            <translation>{0} (Quelle: {1})</translation>
        </message>
        <message>
            <source>known as good</source>
            <translation>als gut bekannt</translation>
        </message>
        <message>
            <source>should fit</source>
            <translation>müsste passen</translation>
        </message>
        <message>
            <source>little to gain</source>
            <translation>wenig zu gewinnen</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>looking for its files…</source>
            <translation>sucht seine Dateien…</translation>
        </message>
        <message>
            <source>reading its header…</source>
            <translation>liest den Kopf…</translation>
        </message>
        <message>
            <source>comparing vocabularies…</source>
            <translation>vergleicht die Vokabulare…</translation>
        </message>
    </context>
    <context>
        <name>HubFilters</name>
        <message>
            <source>Search for GGUF models, then Enter</source>
            <translation>Nach GGUF-Modellen suchen, dann Eingabe</translation>
        </message>
        <message>
            <source>Search the hub</source>
            <translation>Hub durchsuchen</translation>
        </message>
        <message>
            <source>Architecture</source>
            <translation>Architektur</translation>
        </message>
        <message>
            <source>Any architecture</source>
            <translation>Jede Architektur</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Reihenfolge</translation>
        </message>
        <message>
            <source>By downloads</source>
            <translation>Nach Downloads</translation>
        </message>
        <message>
            <source>By likes</source>
            <translation>Nach Beliebtheit</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neueste zuerst</translation>
        </message>
        <message>
            <source>Any size</source>
            <translation>Jede Größe</translation>
        </message>
        <message>
            <source>Up to 1 B</source>
            <translation>Bis 1 Mrd.</translation>
        </message>
        <message>
            <source>1 to 4 B</source>
            <translation>1 bis 4 Mrd.</translation>
        </message>
        <message>
            <source>4 to 10 B</source>
            <translation>4 bis 10 Mrd.</translation>
        </message>
        <message>
            <source>10 to 20 B</source>
            <translation>10 bis 20 Mrd.</translation>
        </message>
        <message>
            <source>20 to 40 B</source>
            <translation>20 bis 40 Mrd.</translation>
        </message>
        <message>
            <source>Over 40 B</source>
            <translation>Über 40 Mrd.</translation>
        </message>
    </context>
    <context>
        <name>HubPage</name>
        <message>
            <source>What the hub has</source>
            <translation>Was der Hub hat</translation>
        </message>
        <message>
            <source>{0} downloads</source>
            <translation>{0} Downloads</translation>
        </message>
        <message>
            <source>private</source>
            <translation>privat</translation>
        </message>
        <message>
            <source>gated</source>
            <translation>mit Bedingungen</translation>
        </message>
        <message>
            <source>Searching the hub…</source>
            <translation>Der Hub wird durchsucht…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Take fewer words or other filters. Only repositories with GGUF files are searched.</source>
            <translation>Weniger Wörter oder andere Filter nehmen. Durchsucht werden nur Repositorys mit GGUF-Dateien.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>Find a model on the hub</source>
            <translation>Ein Modell auf dem Hub finden</translation>
        </message>
        <message>
            <source>Before you download it, you see whether it fits this machine and what can draft for it.</source>
            <translation>Vor dem Herunterladen ist zu sehen, ob es auf diesen Rechner passt und was dafür vorausschreiben kann.</translation>
        </message>
        <message>
            <source>DeepSeek-R1 distills</source>
            <translation>DeepSeek-R1-Destillate</translation>
        </message>
        <message>
            <source>Most downloaded</source>
            <translation>Am meisten geladen</translation>
        </message>
    </context>
    <context>
        <name>HubQuestions</name>
        <message>
            <source>The hub could not be asked because of a fault in Slipstream.</source>
            <translation>Der Hub ließ sich wegen eines Fehlers in Slipstream nicht fragen.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
    </context>
    <context>
        <name>InlineWriter</name>
        <message>
            <source>[picture not loaded: {name}]</source>
            <translation>[Bild nicht geladen: {name}]</translation>
        </message>
    </context>
    <context>
        <name>JudgeRow</name>
        <message>
            <source>Judge them as</source>
            <translation>Beurteilen als</translation>
        </message>
        <message>
            <source>Judged as</source>
            <translation>Beurteilt als</translation>
        </message>
        <message>
            <source>with a context of</source>
            <translation>bei einem Kontext von</translation>
        </message>
        <message>
            <source>model by itself</source>
            <translation>Modell für sich</translation>
        </message>
        <message>
            <source>model, with the draft {0}</source>
            <translation>Modell mit dem Entwurfsmodell {0}</translation>
        </message>
        <message>
            <source>draft for {0}</source>
            <translation>Entwurf für {0}</translation>
        </message>
    </context>
    <context>
        <name>JumpButton</name>
        <message>
            <source>Jump to the latest</source>
            <translation>Zum Neuesten springen</translation>
        </message>
    </context>
    <context>
        <name>LatencyOverlay</name>
        <message>
            <source>Latency between chunks</source>
            <translation>Latenz zwischen Ausgaben</translation>
        </message>
        <message>
            <source>The share of the gaps between two emissions by their length. Drafting makes gaps longer and fills each with more tokens.</source>
            <translation>Der Anteil der Abstände zwischen zwei Ausgaben nach ihrer Länge. Entwürfe machen die Abstände länger und füllen jeden mit mehr Token.</translation>
        </message>
        <message>
            <source>shown once a segment of each side is written</source>
            <translation>erscheint, sobald jede Seite einen Abschnitt geschrieben hat</translation>
        </message>
        <message>
            <source>{name}: p50 {p50}, p95 {p95}</source>
            <translation>{name}: p50 {p50}, p95 {p95}</translation>
        </message>
    </context>
    <context>
        <name>LatencyPlot</name>
        <message>
            <source>Latency, ms</source>
            <translation>Latenz, ms</translation>
        </message>
        <message>
            <source>Inter-chunk latency: the time between two emissions. Drafting makes gaps longer and fills each with more tokens. p50: half of the gaps are shorter; p95: 95 % are; p99: 99 % are. Triangles are stalls.</source>
            <translation>Latenz zwischen zwei Stücken: die Zeit zwischen zwei Ausgaben. Vorausschreiben macht die Abstände länger und füllt jeden mit mehr Token. p50: die Hälfte der Abstände ist kürzer; p95: 95 %; p99: 99 %. Dreiecke sind Stocker.</translation>
        </message>
        <message>
            <source>gap</source>
            <translation>Lücke</translation>
        </message>
        <message>
            <source>The time since the chunk before.</source>
            <translation>Die Zeit seit dem Stück davor.</translation>
        </message>
        <message>
            <source>stalls</source>
            <translation>Stocker</translation>
        </message>
        <message>
            <source>Gaps above 3 × the median of those before.</source>
            <translation>Lücken über dem Dreifachen des Medians der früheren.</translation>
        </message>
        <message>
            <source>p50 {ms}</source>
            <translation>p50 {ms}</translation>
        </message>
        <message>
            <source>p95 {ms}</source>
            <translation>p95 {ms}</translation>
        </message>
        <message>
            <source>p99 {ms} ↑</source>
            <translation>p99 {ms} ↑</translation>
        </message>
        <message>
            <source>p99 {ms}</source>
            <translation>p99 {ms}</translation>
        </message>
    </context>
    <context>
        <name>LengthPlot</name>
        <message>
            <source>Draft length</source>
            <translation>Entwurfslänge</translation>
        </message>
        <message>
            <source>Tokens drafted a step, and how many of them are kept. The room between the two curves was drafted in vain. With an automatic length, the drafted curve is what the pace chose.</source>
            <translation>Je Schritt vorausgeschriebene Token, und wie viele davon bleiben. Was zwischen den beiden Kurven liegt, war vergeblich. Bei automatischer Länge zeigt die Kurve, was gewählt wurde.</translation>
        </message>
        <message>
            <source>Exponentially weighted, with a half-life of 16 steps.</source>
            <translation>Exponentiell gewichtet, mit einer Halbwertszeit von 16 Schritten.</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>behalten</translation>
        </message>
        <message>
            <source>drafted</source>
            <translation>vorausgeschrieben</translation>
        </message>
    </context>
    <context>
        <name>LibraryList</name>
        <message>
            <source>Filter by name, kind or licence</source>
            <translation>Nach Name, Art oder Lizenz filtern</translation>
        </message>
        <message>
            <source>Filter the models on this machine</source>
            <translation>Modelle auf diesem Rechner filtern</translation>
        </message>
        <message>
            <source>Look for models again (F5)</source>
            <translation>Noch einmal nach Modellen suchen (F5)</translation>
        </message>
        <message>
            <source>Look for models again</source>
            <translation>Noch einmal nach Modellen suchen</translation>
        </message>
        <message>
            <source>Models on this machine</source>
            <translation>Modelle auf diesem Rechner</translation>
        </message>
        <message>
            <source>unusable</source>
            <translation>unbrauchbar</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>drafts</source>
            <translation>schreibt voraus</translation>
        </message>
        <message>
            <source>draft for 1</source>
            <translation>Entwurf für 1</translation>
        </message>
        <message>
            <source>draft for {0}</source>
            <translation>Entwurf für {0}</translation>
        </message>
        <message>
            <source>1 model, {0}</source>
            <translation>1 Modell, {0}</translation>
        </message>
        <message>
            <source>{1} models, {0}</source>
            <translation>{1} Modelle, {0}</translation>
        </message>
        <message>
            <source>looking…</source>
            <translation>sucht…</translation>
        </message>
        <message>
            <source> and {0} more</source>
            <translation> und {0} weitere</translation>
        </message>
        <message>
            <source>Nothing matches</source>
            <translation>Nichts passt</translation>
        </message>
        <message>
            <source>No model here has these words.</source>
            <translation>Kein Modell hier hat diese Wörter.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>Looking for models…</source>
            <translation>Modelle werden gesucht…</translation>
        </message>
        <message>
            <source>Slipstream looks in its own folder, in your folders, and in those of Hugging Face, LM Studio, Ollama and llama.cpp.</source>
            <translation>Slipstream sucht im eigenen Ordner, in hinzugefügten Ordnern und in denen von Hugging Face, LM Studio, Ollama und llama.cpp.</translation>
        </message>
        <message>
            <source>Search the hub</source>
            <translation>Hub durchsuchen</translation>
        </message>
        <message>
            <source>Open a file…</source>
            <translation>Datei öffnen…</translation>
        </message>
        <message>
            <source>No models on this machine yet</source>
            <translation>Noch keine Modelle auf diesem Rechner</translation>
        </message>
    </context>
    <context>
        <name>LibraryPage</name>
        <message>
            <source>What it is, what it takes, and who drafts for it.</source>
            <translation>Was es ist, was es braucht und wer dafür vorausschreibt.</translation>
        </message>
        <message>
            <source>Choose a model</source>
            <translation>Modell wählen</translation>
        </message>
        <message>
            <source>Move “{0}” to the trash?</source>
            <translation>„{0}“ in den Papierkorb legen?</translation>
        </message>
        <message>
            <source>Move to trash</source>
            <translation>In den Papierkorb</translation>
        </message>
        <message>
            <source>{0} are freed once the trash is emptied; until then it can be brought back from there.</source>
            <translation>{0} werden frei, sobald der Papierkorb geleert ist; bis dahin lässt es sich von dort zurückholen.</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
    </context>
    <context>
        <name>LibraryRows</name>
        <message>
            <source>Downloaded by Slipstream</source>
            <translation>Von Slipstream heruntergeladen</translation>
        </message>
        <message>
            <source>Your own folders and files</source>
            <translation>Eigene Ordner und Dateien</translation>
        </message>
        <message>
            <source>Hugging Face cache</source>
            <translation>Cache von Hugging Face</translation>
        </message>
        <message>
            <source>LM Studio</source>
            <translation>LM Studio</translation>
        </message>
        <message>
            <source>Ollama</source>
            <translation>Ollama</translation>
        </message>
        <message>
            <source>llama.cpp's cache</source>
            <translation>Cache von llama.cpp</translation>
        </message>
    </context>
    <context>
        <name>Links</name>
        <message>
            <source>Open link</source>
            <translation>Link öffnen</translation>
        </message>
        <message>
            <source>Open this address in your browser?</source>
            <translation>Diese Adresse im Browser öffnen?</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
    </context>
    <context>
        <name>LiveFigures</name>
        <message>
            <source>model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>Entwurf</translation>
        </message>
    </context>
    <context>
        <name>Loading</name>
        <message>
            <source>Now: {0} tokens</source>
            <translation>Jetzt: {0} Token</translation>
        </message>
        <message>
            <source>Now: {0}</source>
            <translation>Jetzt: {0}</translation>
        </message>
        <message>
            <source>This build of llama.cpp knows no device but the processor</source>
            <translation>Dieses llama.cpp kennt kein Gerät außer dem Prozessor</translation>
        </message>
        <message>
            <source>all {0} layers on the processor</source>
            <translation>alle {0} Schichten auf dem Prozessor</translation>
        </message>
        <message>
            <source>{0} of {1} layers on {2}</source>
            <translation>{0} von {1} Schichten auf {2}</translation>
        </message>
    </context>
    <context>
        <name>LocalDraft</name>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>Use this pair</source>
            <translation>Dieses Paar nehmen</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>nothing is being written</source>
            <translation>es wird nichts geschrieben</translation>
        </message>
        <message>
            <source>no model is loaded</source>
            <translation>es ist kein Modell geladen</translation>
        </message>
        <message>
            <source>an answer is being written</source>
            <translation>es wird eine Antwort geschrieben</translation>
        </message>
        <message>
            <source>there is no answer yet</source>
            <translation>es gibt noch keine Antwort</translation>
        </message>
        <message>
            <source>only an answer that was cut off can go on</source>
            <translation>nur eine abgebrochene Antwort lässt sich fortsetzen</translation>
        </message>
        <message>
            <source>What drafting costs with this pair, on this machine</source>
            <translation>Was Vorausschreiben mit diesem Paar auf diesem Rechner kostet</translation>
        </message>
        <message>
            <source>Opened {0}</source>
            <translation>{0} geöffnet</translation>
        </message>
    </context>
    <context>
        <name>MeasurePage</name>
        <message>
            <source>Start</source>
            <translation>Beginnen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>What is measured is kept, and it can go on later.</source>
            <translation>Was gemessen ist, bleibt erhalten, und es kann später weitergehen.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weitermessen</translation>
        </message>
        <message>
            <source>Progress of the benchmark</source>
            <translation>Fortschritt der Messreihe</translation>
        </message>
        <message>
            <source>Figures are truest while nothing else runs. The chat waits meanwhile; what is measured is kept as it comes.</source>
            <translation>Am genauesten sind die Zahlen, wenn sonst nichts läuft. Das Gespräch wartet so lange; was gemessen ist, wird gleich gespeichert.</translation>
        </message>
        <message>
            <source>Reading the model files once, for their hashes…</source>
            <translation>Die Modelldateien werden einmal für ihre Prüfsummen gelesen…</translation>
        </message>
        <message>
            <source>Stopping…</source>
            <translation>Hält an…</translation>
        </message>
        <message>
            <source>{0} was not measured: {1}</source>
            <translation>{0} wurde nicht gemessen: {1}</translation>
        </message>
    </context>
    <context>
        <name>Measured</name>
        <message>
            <source>Measured: at best {0}× as fast, if all of {1} drafted tokens are kept; drafting {1} pays from τ {2}.</source>
            <translation>Gemessen: bestenfalls {0}× so schnell, wenn alle {1} vorausgeschriebenen Token bleiben; {1} vorauszuschreiben lohnt sich ab τ {2}.</translation>
        </message>
        <message>
            <source>Measured: drafting does not pay here, even if every token is kept.</source>
            <translation>Gemessen: Vorausschreiben lohnt sich hier nicht, selbst wenn jedes Token bleibt.</translation>
        </message>
        <message>
            <source>The automatic length goes by what was measured.</source>
            <translation>Die automatische Länge richtet sich nach der Messung.</translation>
        </message>
        <message>
            <source>The draft runs on one thread.</source>
            <translation>Der Entwurf läuft auf einem Thread.</translation>
        </message>
        <message>
            <source>The draft runs on {0} threads.</source>
            <translation>Der Entwurf läuft auf {0} Threads.</translation>
        </message>
    </context>
    <context>
        <name>Memory</name>
        <message>
            <source>RAM</source>
            <translation>RAM</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0} ({1})</translation>
        </message>
        <message>
            <source>{0}: {1} of {2} free</source>
            <translation>{0}: {1} von {2} freien</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>weights {0}</source>
            <translation>Gewichte {0}</translation>
        </message>
        <message>
            <source>cache {0}</source>
            <translation>Cache {0}</translation>
        </message>
        <message>
            <source>buffers {0}</source>
            <translation>Puffer {0}</translation>
        </message>
        <message>
            <source>layers: {0}</source>
            <translation>Schichten: {0}</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}: {1}</translation>
        </message>
        <message>
            <source>Others: {0}</source>
            <translation>Andere: {0}</translation>
        </message>
    </context>
    <context>
        <name>MemoryBar</name>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>Tokens the conversation takes of the context both models hold, those written included.</source>
            <translation>Token, die das Gespräch vom Kontext beider Modelle belegt, die geschriebenen eingeschlossen.</translation>
        </message>
        <message>
            <source>Weights, cache and buffers of the loaded models, in all memories together.</source>
            <translation>Gewichte, Cache und Puffer der geladenen Modelle, in allen Speichern zusammen.</translation>
        </message>
        <message>
            <source>Context: {used} of {size} tokens</source>
            <translation>Kontext: {used} von {size} Token</translation>
        </message>
    </context>
    <context>
        <name>MemoryBars</name>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
    </context>
    <context>
        <name>MiniPlot</name>
        <message>
            <source>token {n}</source>
            <translation>Token {n}</translation>
        </message>
        <message>
            <source>{n} tokens</source>
            <translation>{n} Token</translation>
        </message>
    </context>
    <context>
        <name>ModelAnswers</name>
        <message>
            <source>The models could not be looked at because of a fault in Slipstream.</source>
            <translation>Die Modelle ließen sich wegen eines Fehlers in Slipstream nicht ansehen.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
        <message>
            <source>{0} cannot be read</source>
            <translation>{0} lässt sich nicht lesen</translation>
        </message>
    </context>
    <context>
        <name>ModelBar</name>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>Speculate</source>
            <translation>Spekulieren</translation>
        </message>
        <message>
            <source>Draft length</source>
            <translation>Entwurfslänge</translation>
        </message>
        <message>
            <source>Speculative decoding is on for the next answer (Ctrl+D)</source>
            <translation>Spekulatives Dekodieren ist für die nächste Antwort an (Strg+D)</translation>
        </message>
        <message>
            <source>Speculative decoding is off for the next answer (Ctrl+D)</source>
            <translation>Spekulatives Dekodieren ist für die nächste Antwort aus (Strg+D)</translation>
        </message>
        <message>
            <source>How many tokens the draft writes ahead in a step; acts on the next answer</source>
            <translation>Wie viele Token der Entwurf je Schritt vorausschreibt; wirkt ab der nächsten Antwort</translation>
        </message>
        <message>
            <source>n-gram lookup</source>
            <translation>N-Gramm-Suche</translation>
        </message>
        <message>
            <source>Drafts by repeating what the conversation already holds</source>
            <translation>Schreibt voraus, indem sie wiederholt, was das Gespräch schon enthält</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keiner</translation>
        </message>
        <message>
            <source>Nobody drafts; choose who should</source>
            <translation>Niemand schreibt voraus; wähle, wer es soll</translation>
        </message>
        <message>
            <source>Choose a model</source>
            <translation>Modell wählen</translation>
        </message>
        <message>
            <source>Demo model: {0}</source>
            <translation>Demo-Modell: {0}</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Datei wählen…</translation>
        </message>
        <message>
            <source>Find a model…</source>
            <translation>Modell finden…</translation>
        </message>
        <message>
            <source>Find a draft…</source>
            <translation>Entwurfsmodell finden…</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>1 token</source>
            <translation>1 Token</translation>
        </message>
        <message>
            <source>{0} tokens</source>
            <translation>{0} Token</translation>
        </message>
    </context>
    <context>
        <name>ModelDesk</name>
        <message>
            <source>{0} is being downloaded; once it is whole, it drafts for {1}.</source>
            <translation>{0} wird heruntergeladen; sobald es vollständig ist, schreibt es für {1} voraus.</translation>
        </message>
        <message>
            <source>{0} is downloaded, and its checksum is right.</source>
            <translation>{0} ist heruntergeladen, die Prüfsumme stimmt.</translation>
        </message>
        <message>
            <source>{0} is downloaded. The model that it was to draft for is not there any more: {1}.</source>
            <translation>{0} ist heruntergeladen. Das Modell, für das es vorausschreiben sollte, ist nicht mehr da: {1}.</translation>
        </message>
    </context>
    <context>
        <name>ModelDetails</name>
        <message>
            <source>Use as model</source>
            <translation>Als Modell nehmen</translation>
        </message>
        <message>
            <source>Use as draft</source>
            <translation>Als Entwurfsmodell nehmen</translation>
        </message>
        <message>
            <source>Show in folder</source>
            <translation>Im Ordner zeigen</translation>
        </message>
        <message>
            <source>Move to trash…</source>
            <translation>In den Papierkorb…</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>with a context of</source>
            <translation>bei einem Kontext von</translation>
        </message>
        <message>
            <source>This file cannot be used: {0}.</source>
            <translation>Diese Datei ist nicht zu gebrauchen: {0}.</translation>
        </message>
        <message>
            <source>in use as model</source>
            <translation>als Modell geladen</translation>
        </message>
        <message>
            <source>in use as draft</source>
            <translation>als Entwurfsmodell geladen</translation>
        </message>
        <message>
            <source>Load a model first; then this one can draft for it</source>
            <translation>Zuerst ein Modell laden; dann kann dieses dafür vorausschreiben</translation>
        </message>
        <message>
            <source>It is loaded; unload it first</source>
            <translation>Es ist geladen; zuerst entladen</translation>
        </message>
        <message>
            <source> and {0} more</source>
            <translation> und {0} weitere</translation>
        </message>
        <message>
            <source>It can draft for {0}{1}.</source>
            <translation>Kann vorausschreiben für {0}{1}.</translation>
        </message>
    </context>
    <context>
        <name>ModelWords</name>
        <message>
            <source>{0}; all together {1}</source>
            <translation>{0}; alles zusammen {1}</translation>
        </message>
        <message>
            <source>Measured here so far: {0}, over {1}{2}. That is too little to be sure.</source>
            <translation>Bisher hier gemessen: {0}, über {1}{2}. Das ist zu wenig, um sicher zu sein.</translation>
        </message>
        <message>
            <source>Measured here: {0}, over {1}{2}.</source>
            <translation>Hier gemessen: {0}, über {1}{2}.</translation>
        </message>
        <message>
            <source>Estimated: {0} answers here were written about {1} as fast as without drafting, to other prompts.</source>
            <translation>Geschätzt: {0} Antworten entstanden hier etwa {1} so schnell wie ohne Entwerfen, auf andere Prompts.</translation>
        </message>
        <message>
            <source>temperature 0</source>
            <translation>Temperatur 0</translation>
        </message>
        <message>
            <source>{0} to {1}, by layer</source>
            <translation>{0} bis {1}, je nach Schicht</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Architecture</source>
            <translation>Architektur</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Quantization</source>
            <translation>Quantisierung</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Parts</source>
            <translation>Teile</translation>
        </message>
        <message>
            <source>Trained for</source>
            <translation>Trainiert für</translation>
        </message>
        <message>
            <source>{0} of context</source>
            <translation>{0} Kontext</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>Schichten</translation>
        </message>
        <message>
            <source>Layers that predict ahead</source>
            <translation>Vorausschauende Schichten</translation>
        </message>
        <message>
            <source>Heads</source>
            <translation>Köpfe</translation>
        </message>
        <message>
            <source>Vocabulary</source>
            <translation>Vokabular</translation>
        </message>
        <message>
            <source>Chat template</source>
            <translation>Chat-Vorlage</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>{0}, {1} for keys and values</source>
            <translation>{0}, {1} für Schlüssel und Werte</translation>
        </message>
        <message>
            <source>{0} T</source>
            <translation>{0} Bio.</translation>
        </message>
        <message>
            <source>{0} B</source>
            <translation>{0} Mrd.</translation>
        </message>
        <message>
            <source>{0} M</source>
            <translation>{0} Mio.</translation>
        </message>
        <message>
            <source>{0} k</source>
            <translation>{0} Tsd.</translation>
        </message>
        <message>
            <source>{0} tokens</source>
            <translation>{0} Token</translation>
        </message>
        <message>
            <source>fits on the GPU</source>
            <translation>passt auf die GPU</translation>
        </message>
        <message>
            <source>partly on the GPU</source>
            <translation>teils auf der GPU</translation>
        </message>
        <message>
            <source>fits in memory</source>
            <translation>passt in den Speicher</translation>
        </message>
        <message>
            <source>does not fit</source>
            <translation>passt nicht</translation>
        </message>
        <message>
            <source>memory unknown</source>
            <translation>Speicher unbekannt</translation>
        </message>
        <message>
            <source>Fits on the GPU at {0} tokens: {1} of {2} free there, {3} of {4} beside it.</source>
            <translation>Passt bei {0} Token auf die GPU: {1} von {2} freien dort, {3} von {4} daneben.</translation>
        </message>
        <message>
            <source>Fits partly on the GPU at {0} tokens: {1} of {2} free there, {3} of {4} beside it.</source>
            <translation>Passt bei {0} Token teilweise auf die GPU: {1} von {2} freien dort, {3} von {4} daneben.</translation>
        </message>
        <message>
            <source>Fits in memory at {0} tokens: {1} of {2} free.</source>
            <translation>Passt bei {0} Token in den Speicher: {1} von {2} freien.</translation>
        </message>
        <message>
            <source>Does not fit at {0} tokens: {1} are needed, {2} are free.</source>
            <translation>Passt bei {0} Token nicht: {1} werden gebraucht, {2} sind frei.</translation>
        </message>
        <message>
            <source>Needs {1} at {0} tokens; how much is free cannot be asked here.</source>
            <translation>Braucht {1} bei {0} Token; wie viel frei ist, lässt sich hier nicht erfragen.</translation>
        </message>
        <message>
            <source>{0} About: judged by another quantization's header.</source>
            <translation>{0} Ungefähr: nach dem Kopf einer anderen Quantisierung beurteilt.</translation>
        </message>
        <message>
            <source>{0}: weights {1}, cache {2}, buffers {3}</source>
            <translation>{0}: Gewichte {1}, Cache {2}, Puffer {3}</translation>
        </message>
        <message>
            <source>{0} layers on the GPU</source>
            <translation>{0} Schichten auf der GPU</translation>
        </message>
        <message>
            <source>recommended</source>
            <translation>empfohlen</translation>
        </message>
        <message>
            <source>suitable</source>
            <translation>geeignet</translation>
        </message>
        <message>
            <source>doubtful</source>
            <translation>zweifelhaft</translation>
        </message>
        <message>
            <source>Both together need {0}, {1} are free.</source>
            <translation>Beide zusammen brauchen {0}, frei sind {1}.</translation>
        </message>
        <message>
            <source>It was trained for {0} tokens of context, {1} are asked for.</source>
            <translation>Es ist für {0} Token Kontext trainiert, verlangt sind {1}.</translation>
        </message>
        <message>
            <source>It cannot be used: {0}.</source>
            <translation>Nicht zu gebrauchen: {0}.</translation>
        </message>
        <message>
            <source>{0} has a recurrent state, from which drafted tokens cannot be taken back.</source>
            <translation>{0} hat einen rekurrenten Zustand, aus dem sich vorausgeschriebene Token nicht zurücknehmen lassen.</translation>
        </message>
        <message>
            <source>It is the model itself: drafting takes as long as writing.</source>
            <translation>Es ist das Modell selbst: Vorausschreiben dauert so lange wie Schreiben.</translation>
        </message>
        <message>
            <source>It is large: it reads {0} % of what the model reads for a token.</source>
            <translation>Es ist groß: Je Token liest es {0} % von dem, was das Modell liest.</translation>
        </message>
        <message>
            <source>It does not fit on the GPU, which makes drafting slow.</source>
            <translation>Es passt nicht auf die GPU; das macht das Vorausschreiben langsam.</translation>
        </message>
        <message>
            <source>Drafting is not expected to pay here: a step would have to yield {0} tokens, and yields {1}.</source>
            <translation>Vorausschreiben lohnt hier voraussichtlich nicht: Ein Schritt müsste {0} Token bringen und bringt {1}.</translation>
        </message>
        <message>
            <source>Drafting with it did not pay when that was measured here.</source>
            <translation>Entwerfen mit ihm hat sich nicht gelohnt, als das hier gemessen wurde.</translation>
        </message>
        <message>
            <source>reads as much for a token</source>
            <translation>liest je Token ebenso viel</translation>
        </message>
        <message>
            <source>reads {0} times less for a token</source>
            <translation>liest je Token {0}-mal weniger</translation>
        </message>
        <message>
            <source>reads {0} times more for a token</source>
            <translation>liest je Token {0}-mal mehr</translation>
        </message>
        <message>
            <source>takes {0} of memory</source>
            <translation>braucht {0} Speicher</translation>
        </message>
        <message>
            <source>No gain expected: drafting would pause itself</source>
            <translation>Kein Gewinn zu erwarten: Das Vorausschreiben würde von selbst pausieren</translation>
        </message>
        <message>
            <source>About {0} times as fast, with {1} tokens drafted</source>
            <translation>Etwa {0}-mal so schnell, mit {1} vorausgeschriebenen Token</translation>
        </message>
        <message>
            <source>{0} to {1} times as fast, with about {2} tokens drafted</source>
            <translation>{0}- bis {1}-mal so schnell, mit etwa {2} vorausgeschriebenen Token</translation>
        </message>
        <message>
            <source>{0} ({1}).</source>
            <translation>{0} ({1}).</translation>
        </message>
        <message>
            <source>costs measured here</source>
            <translation>Kosten hier gemessen</translation>
        </message>
        <message>
            <source>the model's costs measured here, the draft's guessed</source>
            <translation>Kosten des Modells hier gemessen, die des Entwurfs geschätzt</translation>
        </message>
        <message>
            <source>costs guessed from the sizes</source>
            <translation>Kosten aus den Größen geschätzt</translation>
        </message>
        <message>
            <source>acceptance from earlier answers</source>
            <translation>Annahme aus früheren Antworten</translation>
        </message>
        <message>
            <source>acceptance guessed</source>
            <translation>Annahme geschätzt</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}, {1}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>{0}, {1} tokens</source>
            <translation>{0}, {1} Token</translation>
        </message>
        <message>
            <source>yes, every answer starts with thinking</source>
            <translation>ja, jede Antwort beginnt mit Nachdenken</translation>
        </message>
        <message>
            <source>yes, with thinking</source>
            <translation>ja, mit Nachdenken</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
    </context>
    <context>
        <name>ModelsWindow</name>
        <message>
            <source>Models — Slipstream</source>
            <translation>Modelle — Slipstream</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>On this machine</source>
            <translation>Auf diesem Rechner</translation>
        </message>
        <message>
            <source>Hub</source>
            <translation>Hub</translation>
        </message>
        <message>
            <source>Downloads</source>
            <translation>Downloads</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0} ({1})</translation>
        </message>
    </context>
    <context>
        <name>Outcome</name>
        <message>
            <source>Show where</source>
            <translation>Stelle zeigen</translation>
        </message>
        <message>
            <source>Scroll all texts to the place where they part</source>
            <translation>Alle Texte an die Stelle rollen, an der sie sich trennen</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <source>The comparison ended: {0}</source>
            <translation>Der Vergleich endete: {0}</translation>
        </message>
        <message>
            <source>Measuring what the other drafts cost… {0}</source>
            <translation>Messe, was die anderen Entwurfsmodelle kosten … {0}</translation>
        </message>
        <message>
            <source>Loading the other drafts… {0}</source>
            <translation>Lade die anderen Entwurfsmodelle … {0}</translation>
        </message>
        <message>
            <source>The draft reads the prompt… {done} / {total} tokens</source>
            <translation>Der Entwurf liest die Frage… {done} / {total} Token</translation>
        </message>
        <message>
            <source>Reading the prompt… {done} / {total} tokens</source>
            <translation>Liest die Frage… {done} / {total} Token</translation>
        </message>
        <message>
            <source>{written} of up to {most} tokens.</source>
            <translation>{written} von höchstens {most} Token.</translation>
        </message>
        <message>
            <source>At most {0} s left.</source>
            <translation>Höchstens noch {0} s.</translation>
        </message>
        <message>
            <source>At most {0} min left.</source>
            <translation>Höchstens noch {0} min.</translation>
        </message>
        <message>
            <source>Stopped by you; what was measured until then counts.</source>
            <translation>Von dir angehalten; was bis dahin gemessen wurde, zählt.</translation>
        </message>
        <message>
            <source>Slipstream ended before it was over; what was measured until then counts.</source>
            <translation>Slipstream endete vorher; was bis dahin gemessen wurde, zählt.</translation>
        </message>
        <message>
            <source>One segment of up to {tokens} tokens each.</source>
            <translation>Je ein Abschnitt von bis zu {tokens} Token.</translation>
        </message>
        <message>
            <source>{n} segments of up to {tokens} tokens each, by turns.</source>
            <translation>{n} Abschnitte von je höchstens {tokens} Token, abwechselnd.</translation>
        </message>
        <message>
            <source>{n} segments of up to {tokens} tokens each, by turns, in {passes} passes.</source>
            <translation>{n} Abschnitte von je höchstens {tokens} Token, abwechselnd, in {passes} Durchgängen.</translation>
        </message>
        <message>
            <source>Turning from one to the other took {share} of the time and is in no figure.</source>
            <translation>Der Wechsel von einer zur anderen brauchte {share} der Zeit und steckt in keiner Zahl.</translation>
        </message>
    </context>
    <context>
        <name>PaceLine</name>
        <message>
            <source>Drafting</source>
            <translation>Vorausgeschrieben</translation>
        </message>
        <message>
            <source>Who drafted in the latest step, how many tokens, and the most it might have drafted.</source>
            <translation>Wer im letzten Schritt vorausschrieb, wie viele Token, und wie viele es höchstens sein durften.</translation>
        </message>
        <message>
            <source>What drafts, and why</source>
            <translation>Was vorausschreibt, und warum</translation>
        </message>
        <message>
            <source>nothing; may draft {most}</source>
            <translation>nichts; bis zu {most} erlaubt</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>{n} of {most} by the draft model</source>
            <translation>{n} von {most} vom Entwurfsmodell</translation>
        </message>
        <message>
            <source>{n} of {most} by a lookup</source>
            <translation>{n} von {most} durch Nachschlagen</translation>
        </message>
        <message>
            <source>{n} of {most} tokens</source>
            <translation>{n} von {most} Token</translation>
        </message>
    </context>
    <context>
        <name>PageCanvas</name>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alles auswählen</translation>
        </message>
    </context>
    <context>
        <name>Pair</name>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
        <message>
            <source>The engine is starting again.</source>
            <translation>Die Engine startet neu.</translation>
        </message>
        <message>
            <source>It has stopped {0} times in a row, so it waits for you.</source>
            <translation>Sie ist {0}-mal nacheinander stehen geblieben und wartet nun auf dich.</translation>
        </message>
        <message>
            <source>Loading was cancelled.</source>
            <translation>Das Laden wurde abgebrochen.</translation>
        </message>
        <message>
            <source>Loading failed because of a fault in Slipstream.</source>
            <translation>Das Laden ist wegen eines Fehlers in Slipstream gescheitert.</translation>
        </message>
        <message>
            <source>Measuring failed because of a fault in Slipstream.</source>
            <translation>Das Messen ist wegen eines Fehlers in Slipstream gescheitert.</translation>
        </message>
        <message>
            <source>The engine is running again.</source>
            <translation>Die Engine läuft wieder.</translation>
        </message>
        <message>
            <source>The draft model is not used: {0}</source>
            <translation>Das Entwurfsmodell wird nicht benutzt: {0}</translation>
        </message>
        <message>
            <source>Answers are written without it. Choose another draft, or n-gram lookup.</source>
            <translation>Antworten entstehen ohne es. Wähle einen anderen Entwurf oder die N-Gramm-Suche.</translation>
        </message>
        <message>
            <source>The model's own chat template is not used: {0}</source>
            <translation>Die eigene Chatvorlage des Modells wird nicht benutzt: {0}</translation>
        </message>
        <message>
            <source>A plain format takes its place; answers may be worse.</source>
            <translation>Ein einfaches Format tritt an ihre Stelle; Antworten können schlechter sein.</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Find a command</source>
            <translation>Befehl suchen</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>Was möchtest du tun?</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>Befehle</translation>
        </message>
        <message>
            <source>No command is called so.</source>
            <translation>So heißt kein Befehl.</translation>
        </message>
        <message>
            <source>↑ ↓ choose   ·   Enter runs   ·   Esc closes</source>
            <translation>↑ ↓ wählen   ·   Eingabe führt aus   ·   Esc schließt</translation>
        </message>
    </context>
    <context>
        <name>PanelHead</name>
        <message>
            <source>Back to the latest</source>
            <translation>Zurück zur letzten</translation>
        </message>
        <message>
            <source>Show the answer that is or was written last</source>
            <translation>Die Antwort zeigen, die zuletzt geschrieben wird oder wurde</translation>
        </message>
        <message>
            <source>Show all tokens</source>
            <translation>Alle Token zeigen</translation>
        </message>
        <message>
            <source>Show all tokens (double click, or 0)</source>
            <translation>Alle Token zeigen (Doppelklick oder 0)</translation>
        </message>
        <message>
            <source>Freeze the view</source>
            <translation>Ansicht anhalten</translation>
        </message>
        <message>
            <source>What these figures mean</source>
            <translation>Was diese Werte bedeuten</translation>
        </message>
        <message>
            <source>What speculation does to latency, in your own figures</source>
            <translation>Was Spekulation mit der Latenz macht, in eigenen Zahlen</translation>
        </message>
        <message>
            <source>Go on with the view; nothing was missed</source>
            <translation>Mit der Ansicht fortfahren; nichts ging verloren</translation>
        </message>
        <message>
            <source>Freeze the view; recording goes on</source>
            <translation>Ansicht anhalten; es wird weiter aufgezeichnet</translation>
        </message>
        <message>
            <source>Live figures</source>
            <translation>Live-Werte</translation>
        </message>
        <message>
            <source>This answer</source>
            <translation>Diese Antwort</translation>
        </message>
        <message>
            <source>The latest answer</source>
            <translation>Die letzte Antwort</translation>
        </message>
        <message>
            <source>Frozen; recording goes on</source>
            <translation>Angehalten; es wird weiter aufgezeichnet</translation>
        </message>
        <message>
            <source>An earlier answer</source>
            <translation>Eine frühere Antwort</translation>
        </message>
    </context>
    <context>
        <name>Parameters</name>
        <message>
            <source>The preset could not be saved: {0}</source>
            <translation>Die Vorlage ließ sich nicht speichern: {0}</translation>
        </message>
        <message>
            <source>The conversation keeps its values.</source>
            <translation>Das Gespräch behält seine Werte.</translation>
        </message>
    </context>
    <context>
        <name>ParametersPanel</name>
        <message>
            <source>Parameters of this conversation</source>
            <translation>Parameter dieses Gesprächs</translation>
        </message>
        <message>
            <source>Preset</source>
            <translation>Vorlage</translation>
        </message>
        <message>
            <source>Save as preset…</source>
            <translation>Als Vorlage speichern…</translation>
        </message>
        <message>
            <source>Use this preset for new conversations</source>
            <translation>Diese Vorlage für neue Gespräche nehmen</translation>
        </message>
        <message>
            <source>They act on the next answer and stay with this conversation.</source>
            <translation>Sie wirken ab der nächsten Antwort und bleiben bei diesem Gespräch.</translation>
        </message>
        <message>
            <source>Back to the preset</source>
            <translation>Zurück zur Vorlage</translation>
        </message>
        <message>
            <source>Automatic: {0}</source>
            <translation>Automatisch: {0}</translation>
        </message>
        <message>
            <source>Restore preset</source>
            <translation>Vorlage wiederherstellen</translation>
        </message>
        <message>
            <source>Remove preset</source>
            <translation>Vorlage entfernen</translation>
        </message>
        <message>
            <source>Save as preset</source>
            <translation>Als Vorlage speichern</translation>
        </message>
        <message>
            <source>A name; that of a preset there is replaces it</source>
            <translation>Ein Name; der einer vorhandenen Vorlage ersetzt sie</translation>
        </message>
    </context>
    <context>
        <name>PastedDialog</name>
        <message>
            <source>Long text</source>
            <translation>Langer Text</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
    </context>
    <context>
        <name>PastedTexts</name>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Put back the long text that was taken out</source>
            <translation>Den herausgenommenen langen Text zurücklegen</translation>
        </message>
        <message>
            <source>{n} tokens</source>
            <translation>{n} Token</translation>
        </message>
        <message>
            <source>Long text, {n} characters</source>
            <translation>Langer Text, {n} Zeichen</translation>
        </message>
        <message>
            <source>Read and edit it</source>
            <translation>Lesen und bearbeiten</translation>
        </message>
        <message>
            <source>Take the text out</source>
            <translation>Text herausnehmen</translation>
        </message>
    </context>
    <context>
        <name>PhaseTable</name>
        <message>
            <source>tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Tokens given out.</source>
            <translation>Ausgegebene Token.</translation>
        </message>
        <message>
            <source>tok/s</source>
            <translation>Tok/s</translation>
        </message>
        <message>
            <source>Decode speed within this part.</source>
            <translation>Geschwindigkeit innerhalb dieses Teils.</translation>
        </message>
        <message>
            <source>τ</source>
            <translation>τ</translation>
        </message>
        <message>
            <source>Acceptance length: the mean tokens a verify pass yields.</source>
            <translation>Annahmelänge: die mittlere Zahl der Token je Prüflauf.</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>behalten</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens.</source>
            <translation>Annahmerate: angenommene / vorausgeschriebene Token.</translation>
        </message>
        <message>
            <source>p95</source>
            <translation>p95</translation>
        </message>
        <message>
            <source>Inter-chunk latency: 95 % of the gaps are shorter.</source>
            <translation>Abstand zwischen zwei Stücken: 95 % sind kürzer.</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Thinking and answer apart</source>
            <translation>Nachdenken und Antwort getrennt</translation>
        </message>
    </context>
    <context>
        <name>PlanForm</name>
        <message>
            <source>Take prompts from a file…</source>
            <translation>Aufgaben aus einer Datei…</translation>
        </message>
        <message>
            <source>One JSON object a line: {"id", "kind", "prompt"}</source>
            <translation>Ein JSON-Objekt je Zeile: {"id", "kind", "prompt"}</translation>
        </message>
        <message>
            <source>Back to the built-in texts</source>
            <translation>Zurück zu den eingebauten Texten</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Texte</translation>
        </message>
        <message>
            <source>Prompts of each kind</source>
            <translation>Aufgaben je Textart</translation>
        </message>
        <message>
            <source>The first of each kind.</source>
            <translation>Die ersten jeder Textart.</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>Wiederholungen</translation>
        </message>
        <message>
            <source>How often each is asked; they narrow the interval.</source>
            <translation>Wie oft jede gestellt wird; das macht das Intervall enger.</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Längste Antwort</translation>
        </message>
        <message>
            <source>Tokens.</source>
            <translation>Token.</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>At 0 both answers are the same text, so that only speed differs.</source>
            <translation>Bei 0 sind beide Antworten derselbe Text, sodass sich nur die Geschwindigkeit unterscheidet.</translation>
        </message>
        <message>
            <source>Choose at least one kind of text.</source>
            <translation>Wähle mindestens eine Textart.</translation>
        </message>
        <message>
            <source>{0} is not a file with prompts in it.</source>
            <translation>{0} ist keine Datei mit Prompts.</translation>
        </message>
        <message>
            <source>{0}: {1} prompts ({2})</source>
            <translation>{0}: {1} Aufgaben ({2})</translation>
        </message>
        <message>
            <source>{0} prompts, each answered with and without drafting: {1} answers.</source>
            <translation>{0} Aufgaben, jede mit und ohne Entwürfe beantwortet: {1} Antworten.</translation>
        </message>
        <message>
            <source>Prompts (*.jsonl);;All files (*)</source>
            <translation>Aufgaben (*.jsonl);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>Aufgaben</translation>
        </message>
    </context>
    <context>
        <name>PlotColumn</name>
        <message>
            <source>Plots</source>
            <translation>Diagramme</translation>
        </message>
        <message>
            <source>Left and Right go from step to step, with Ctrl from stall to stall; Plus and Minus zoom, 0 shows all; Enter shows the token in the conversation.</source>
            <translation>Links und Rechts gehen von Schritt zu Schritt, mit Strg von Stocker zu Stocker; Plus und Minus vergrößern und verkleinern, 0 zeigt alles; Eingabe zeigt das Token im Gespräch.</translation>
        </message>
        <message>
            <source>Token {n}</source>
            <translation>Token {n}</translation>
        </message>
    </context>
    <context>
        <name>PlotMenu</name>
        <message>
            <source>Copy as picture</source>
            <translation>Als Bild kopieren</translation>
        </message>
        <message>
            <source>Save as picture…</source>
            <translation>Als Bild speichern…</translation>
        </message>
        <message>
            <source>Plot copied as a picture</source>
            <translation>Diagramm als Bild kopiert</translation>
        </message>
        <message>
            <source>Save as picture</source>
            <translation>Als Bild speichern</translation>
        </message>
        <message>
            <source>Picture (*.png)</source>
            <translation>Bild (*.png)</translation>
        </message>
        <message>
            <source>Drawing (*.svg)</source>
            <translation>Zeichnung (*.svg)</translation>
        </message>
        <message>
            <source>{0} could not be written: {1}</source>
            <translation>{0} ließ sich nicht schreiben: {1}</translation>
        </message>
        <message>
            <source>Plot saved as {0}</source>
            <translation>Diagramm gespeichert als {0}</translation>
        </message>
    </context>
    <context>
        <name>PositionBars</name>
        <message>
            <source>Conditional acceptance: of the steps in which all draft tokens before this one were kept, the share in which this one was kept too.</source>
            <translation>Bedingte Annahme: von den Schritten, in denen alle Entwurfstoken vor diesem blieben, der Anteil, in dem auch dieses blieb.</translation>
        </message>
        <message>
            <source>Acceptance by position, %</source>
            <translation>Annahme nach Position, %</translation>
        </message>
        <message>
            <source>Nothing drafted</source>
            <translation>Nichts vorausgeschrieben</translation>
        </message>
        <message>
            <source>position {n}: {share}, {accepted} of {reached} that got here</source>
            <translation>Position {n}: {share}, {accepted} von {reached}, die hierher kamen</translation>
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>The settings could not be saved: {0}</source>
            <translation>Die Einstellungen konnten nicht gespeichert werden: {0}</translation>
        </message>
        <message>
            <source>They stay as they are until you quit.</source>
            <translation>Sie gelten, bis du beendest.</translation>
        </message>
    </context>
    <context>
        <name>Presets</name>
        <message>
            <source>R1 distill</source>
            <translation>R1-Destillat</translation>
        </message>
        <message>
            <source>Balanced</source>
            <translation>Ausgewogen</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Creative</source>
            <translation>Kreativ</translation>
        </message>
        <message>
            <source>Greedy</source>
            <translation>Gierig</translation>
        </message>
        <message>
            <source>{0} · T {1}</source>
            <translation>{0} · T {1}</translation>
        </message>
    </context>
    <context>
        <name>Prompt</name>
        <message>
            <source>There is nothing to send: the message is empty.</source>
            <translation>Es gibt nichts zu senden: die Nachricht ist leer.</translation>
        </message>
        <message>
            <source>An answer is still being written. Stop it, or wait for it.</source>
            <translation>Es wird noch eine Antwort geschrieben. Halte sie an, oder warte auf sie.</translation>
        </message>
        <message>
            <source>No model is loaded. Choose one first.</source>
            <translation>Es ist kein Modell geladen. Wähle zuerst eines.</translation>
        </message>
        <message>
            <source>The model is still loading.</source>
            <translation>Das Modell wird noch geladen.</translation>
        </message>
        <message>
            <source>The pair is being measured. Stop that, or wait for it.</source>
            <translation>Das Paar wird gemessen. Halte das an, oder warte darauf.</translation>
        </message>
        <message>
            <source>Ways to draft are being compared. Stop that, or wait for it.</source>
            <translation>Entwurfsarten werden verglichen. Anhalten oder abwarten.</translation>
        </message>
        <message>
            <source>A benchmark is running. Stop it, or wait for it.</source>
            <translation>Eine Messreihe läuft. Halte sie an, oder warte sie ab.</translation>
        </message>
        <message>
            <source>The engine is stopped. Restart it first.</source>
            <translation>Die Engine steht. Starte sie zuerst neu.</translation>
        </message>
    </context>
    <context>
        <name>RatePlot</name>
        <message>
            <source>Tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>Decode tokens/s over the tokens written. Dashed: the level measured on this machine, with this model, without drafting; drafting pays while the curve is above it. The shaded stretch is thinking.</source>
            <translation>Token/s über den geschriebenen Token. Gestrichelt: der Wert, der auf diesem Rechner mit diesem Modell ohne Vorausschreiben gemessen wurde; Vorausschreiben lohnt sich, solange die Kurve darüber liegt. Die getönte Strecke ist Nachdenken.</translation>
        </message>
        <message>
            <source>last 2 s</source>
            <translation>letzte 2 s</translation>
        </message>
        <message>
            <source>Over the last two seconds.</source>
            <translation>Über die letzten zwei Sekunden.</translation>
        </message>
        <message>
            <source>This answer so far: (emitted − 1) / (last emission − first emission).</source>
            <translation>Diese Antwort bisher: (ausgegeben − 1) / (letzte Ausgabe − erste Ausgabe).</translation>
        </message>
        <message>
            <source>thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>without drafting {rate}</source>
            <translation>ohne Entwurf {rate}</translation>
        </message>
    </context>
    <context>
        <name>ReadingCanvas</name>
        <message>
            <source>Copied</source>
            <translation>Kopiert</translation>
        </message>
        <message>
            <source>Copied as Markdown</source>
            <translation>Als Markdown kopiert</translation>
        </message>
        <message>
            <source>Copy message</source>
            <translation>Nachricht kopieren</translation>
        </message>
        <message>
            <source>Copy message as plain text</source>
            <translation>Nachricht als einfachen Text kopieren</translation>
        </message>
        <message>
            <source>Copy formula as LaTeX</source>
            <translation>Formel als LaTeX kopieren</translation>
        </message>
        <message>
            <source>Copy conversation</source>
            <translation>Gespräch kopieren</translation>
        </message>
        <message>
            <source>Copy conversation as plain text</source>
            <translation>Gespräch als einfachen Text kopieren</translation>
        </message>
        <message>
            <source>Open link…</source>
            <translation>Link öffnen…</translation>
        </message>
        <message>
            <source>Copy link address</source>
            <translation>Linkadresse kopieren</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alles auswählen</translation>
        </message>
        <message>
            <source>Find…</source>
            <translation>Suchen…</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <source>Copy as Markdown</source>
            <translation>Als Markdown kopieren</translation>
        </message>
        <message>
            <source>Open “{0}”…</source>
            <translation>„{0}“ öffnen…</translation>
        </message>
        <message>
            <source>Formula copied as LaTeX</source>
            <translation>Formel als LaTeX kopiert</translation>
        </message>
        <message>
            <source>Link address copied</source>
            <translation>Linkadresse kopiert</translation>
        </message>
    </context>
    <context>
        <name>RecentAndMean</name>
        <message>
            <source>mean</source>
            <translation>Mittel</translation>
        </message>
    </context>
    <context>
        <name>Report</name>
        <message>
            <source>{target} with n-gram lookup</source>
            <translation>{target} mit N-Gramm-Nachschlagen</translation>
        </message>
        <message>
            <source>{target} with the draft {draft}</source>
            <translation>{target} mit dem Entwurf {draft}</translation>
        </message>
        <message>
            <source>All together</source>
            <translation>Alles zusammen</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Maths</source>
            <translation>Mathematik</translation>
        </message>
        <message>
            <source>Open questions</source>
            <translation>Offene Fragen</translation>
        </message>
        <message>
            <source>Rewriting</source>
            <translation>Umschreiben</translation>
        </message>
        <message>
            <source>Other texts</source>
            <translation>Andere Texte</translation>
        </message>
        <message>
            <source>One prompt</source>
            <translation>Ein Prompt</translation>
        </message>
        <message>
            <source>Nothing was measured here yet.</source>
            <translation>Hier wurde noch nichts gemessen.</translation>
        </message>
        <message>
            <source>With drafting, text is written {times} as fast.</source>
            <translation>Mit Entwerfen entsteht Text {times} so schnell.</translation>
        </message>
        <message>
            <source>Drafting costs speed here: {times} as fast.</source>
            <translation>Entwerfen kostet hier Tempo: {times} so schnell.</translation>
        </message>
        <message>
            <source>Drafting makes no difference of more than {same} %: {times}.</source>
            <translation>Entwerfen macht keinen Unterschied von mehr als {same} %: {times}.</translation>
        </message>
        <message>
            <source>Whether drafting pays is not known yet: {times}.</source>
            <translation>Ob sich Entwerfen lohnt, ist noch nicht bekannt: {times}.</translation>
        </message>
        <message>
            <source>{n} prompts</source>
            <translation>{n} Prompts</translation>
        </message>
        <message>
            <source>{n} repeats</source>
            <translation>{n} Wiederholungen</translation>
        </message>
        <message>
            <source>{n} pairs of answers</source>
            <translation>{n} Antwortpaare</translation>
        </message>
        <message>
            <source>Over {counted}, too few for an interval.</source>
            <translation>Über {counted}, zu wenig für ein Intervall.</translation>
        </message>
        <message>
            <source>In brackets the 95 % interval, over {counted}.</source>
            <translation>In Klammern das 95-%-Intervall, über {counted}.</translation>
        </message>
        <message>
            <source>How many times as fast with drafting, by kind of text, with 95 % intervals</source>
            <translation>Wievielmal so schnell mit Entwerfen, nach Art des Textes, mit 95-%-Intervallen</translation>
        </message>
        <message>
            <source>Decode tokens/s by kind of text, with drafting and without it</source>
            <translation>Token/s beim Schreiben nach Art des Textes, mit Entwerfen und ohne</translation>
        </message>
        <message>
            <source>The speed-up of each pair of answers, in the order of measuring</source>
            <translation>Die Beschleunigung jedes Antwortpaars, in der Reihenfolge des Messens</translation>
        </message>
        <message>
            <source>Inter-chunk latency: which share of the gaps is no longer than so many milliseconds</source>
            <translation>Chunk-Latenz: welcher Anteil der Lücken nicht länger ist als so viele Millisekunden</translation>
        </message>
        <message>
            <source>Speed-up by drafting</source>
            <translation>Beschleunigung durch Entwerfen</translation>
        </message>
        <message>
            <source>decoding</source>
            <translation>Schreiben</translation>
        </message>
        <message>
            <source>whole answer</source>
            <translation>ganze Antwort</translation>
        </message>
        <message>
            <source>Decode tokens/s</source>
            <translation>Token/s beim Schreiben</translation>
        </message>
        <message>
            <source>with drafting</source>
            <translation>mit Entwerfen</translation>
        </message>
        <message>
            <source>without</source>
            <translation>ohne</translation>
        </message>
        <message>
            <source>Speed-up of each prompt</source>
            <translation>Beschleunigung je Prompt</translation>
        </message>
        <message>
            <source>too few tokens were written to measure a speed</source>
            <translation>für ein Tempo wurden zu wenige Token geschrieben</translation>
        </message>
        <message>
            <source>Inter-chunk latency, share of gaps up to so many ms</source>
            <translation>Chunk-Latenz, Anteil der Lücken bis zu so vielen ms</translation>
        </message>
        <message>
            <source>fewer than two chunks</source>
            <translation>weniger als zwei Stücke</translation>
        </message>
        <message>
            <source>Latency between chunks</source>
            <translation>Latenz zwischen den Stücken</translation>
        </message>
        <message>
            <source>too few chunks were written</source>
            <translation>es wurden zu wenige Stücke geschrieben</translation>
        </message>
        <message>
            <source>Tokens/s, segment by segment</source>
            <translation>Token/s, Abschnitt für Abschnitt</translation>
        </message>
        <message>
            <source>no segment was finished</source>
            <translation>kein Abschnitt wurde fertig</translation>
        </message>
        <message>
            <source>The share of the gaps between two chunks by their length, for each side</source>
            <translation>Der Anteil der Pausen zwischen zwei Stücken nach ihrer Länge, für jede Seite</translation>
        </message>
        <message>
            <source>Decode tokens/s of every segment, for each side</source>
            <translation>Token/s beim Schreiben jedes Abschnitts, für jede Seite</translation>
        </message>
        <message>
            <source>thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>{n} tokens</source>
            <translation>{n} Token</translation>
        </message>
        <message>
            <source>Benchmark</source>
            <translation>Benchmark</translation>
        </message>
        <message>
            <source>Pairs of answers</source>
            <translation>Antwortpaare</translation>
        </message>
        <message>
            <source>Tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>Speed-up</source>
            <translation>Beschleunigung</translation>
        </message>
        <message>
            <source>By kind of text</source>
            <translation>Nach Art des Textes</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Models and machine</source>
            <translation>Modelle und Rechner</translation>
        </message>
        <message>
            <source>{n} of {all} pairs of answers are the same, token for token.</source>
            <translation>{n} von {all} Antwortpaaren sind gleich, Token für Token.</translation>
        </message>
        <message>
            <source>The acceptance rule changes the output.</source>
            <translation>Die Annahmeregel verändert die Ausgabe.</translation>
        </message>
        <message>
            <source>It was stopped: {n} of {all} prompts are not measured.</source>
            <translation>Er wurde angehalten: {n} von {all} Prompts sind nicht gemessen.</translation>
        </message>
        <message>
            <source>{rate} without</source>
            <translation>{rate} ohne</translation>
        </message>
        <message>
            <source>p95 {p95}, p99 {p99}</source>
            <translation>p95 {p95}, p99 {p99}</translation>
        </message>
        <message>
            <source>Speed-up in decoding</source>
            <translation>Beschleunigung beim Schreiben</translation>
        </message>
        <message>
            <source>Speed-up of the whole answer</source>
            <translation>Beschleunigung der ganzen Antwort</translation>
        </message>
        <message>
            <source>Tokens/s with drafting</source>
            <translation>Token/s mit Entwürfen</translation>
        </message>
        <message>
            <source>Acceptance rate</source>
            <translation>Akzeptanzrate</translation>
        </message>
        <message>
            <source>τ, tokens/pass</source>
            <translation>τ, Token/Durchgang</translation>
        </message>
        <message>
            <source>ICL p50</source>
            <translation>ICL p50</translation>
        </message>
        <message>
            <source>Prompts</source>
            <translation>Prompts</translation>
        </message>
        <message>
            <source>Acceptance</source>
            <translation>Akzeptanz</translation>
        </message>
        <message>
            <source>Not measured</source>
            <translation>Nicht gemessen</translation>
        </message>
        <message>
            <source>and {n} more</source>
            <translation>und {n} weitere</translation>
        </message>
        <message>
            <source>{n} prompts, {times} times each</source>
            <translation>{n} Prompts, je {times}-mal</translation>
        </message>
        <message>
            <source>n-gram lookup</source>
            <translation>N-Gramm-Suche</translation>
        </message>
        <message>
            <source>lookup first, then the draft model</source>
            <translation>erst Suche, dann das Entwurfsmodell</translation>
        </message>
        <message>
            <source>the draft model</source>
            <translation>das Entwurfsmodell</translation>
        </message>
        <message>
            <source>Begun</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Gefragt</translation>
        </message>
        <message>
            <source>Drafting</source>
            <translation>Entwürfe</translation>
        </message>
        <message>
            <source>Draft length</source>
            <translation>Länge des Entwurfs</translation>
        </message>
        <message>
            <source>automatic</source>
            <translation>automatisch</translation>
        </message>
        <message>
            <source>Acceptance rule</source>
            <translation>Akzeptanzregel</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>Repeat penalty</source>
            <translation>Wiederholungsstrafe</translation>
        </message>
        <message>
            <source>Most tokens</source>
            <translation>Höchstens Token</translation>
        </message>
        <message>
            <source>Thinking budget</source>
            <translation>Limit des Nachdenkens</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert</translation>
        </message>
        <message>
            <source>Digest of all settings</source>
            <translation>Prüfsumme aller Einstellungen</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>as loaded</source>
            <translation>wie geladen</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>Context</source>
            <translation>Kontext</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>Threads</translation>
        </message>
        <message>
            <source>Machine</source>
            <translation>Rechner</translation>
        </message>
        <message>
            <source>Engine</source>
            <translation>Engine</translation>
        </message>
        <message>
            <source>Processor features</source>
            <translation>Merkmale des Prozessors</translation>
        </message>
        <message>
            <source>{n} of {all} layers offloaded</source>
            <translation>{n} von {all} Schichten ausgelagert</translation>
        </message>
        <message>
            <source>Comparison of ways to draft</source>
            <translation>Vergleich der Arten zu entwerfen</translation>
        </message>
        <message>
            <source>Comparison by turns</source>
            <translation>Vergleich im Wechsel</translation>
        </message>
        <message>
            <source>Each side writes a segment of the answer, then the next side, in one order and then in the other. Segments of one number are a pair; what slows the machine down slows both. Putting caches back between two turns is in no figure.</source>
            <translation>Jede Seite schreibt einen Abschnitt der Antwort, dann die nächste, erst in der einen Reihenfolge, dann in der anderen. Abschnitte gleicher Nummer bilden ein Paar; was die Maschine bremst, bremst beide. Das Zurücklegen der Caches zwischen zwei Abschnitten steckt in keiner Zahl.</translation>
        </message>
        <message>
            <source>The geometric mean, over pairs of segments, of the ratio of decode tokens/s. A segment's rate is from its first emission to its last. The 95 % interval holds however often one looks.</source>
            <translation>Das geometrische Mittel des Verhältnisses der Token/s beim Schreiben, über die Paare von Abschnitten. Die Rate eines Abschnitts reicht von seiner ersten Ausgabe bis zur letzten. Das 95-%-Intervall gilt, so oft man auch nachsieht.</translation>
        </message>
        <message>
            <source>Speed-up in total latency</source>
            <translation>Beschleunigung der gesamten Latenz</translation>
        </message>
        <message>
            <source>The same of the whole time from the request to the last token: the writing of all segments, and both prefills as they were measured, once.</source>
            <translation>Dasselbe für die ganze Zeit von der Anfrage bis zum letzten Token: das Schreiben aller Abschnitte und beide Prefills, wie sie einmal gemessen wurden.</translation>
        </message>
        <message>
            <source>it was still being written</source>
            <translation>sie wurde noch geschrieben</translation>
        </message>
        <message>
            <source>stopped by a person</source>
            <translation>von Hand gestoppt</translation>
        </message>
        <message>
            <source>it was cut off</source>
            <translation>sie wurde abgebrochen</translation>
        </message>
        <message>
            <source>Ended early: {0}</source>
            <translation>Vorzeitig beendet: {0}</translation>
        </message>
        <message>
            <source>Total latency</source>
            <translation>Gesamte Latenz</translation>
        </message>
        <message>
            <source>Segments</source>
            <translation>Abschnitte</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>Prompt</translation>
        </message>
        <message>
            <source>Texts of the last pass</source>
            <translation>Texte des letzten Durchgangs</translation>
        </message>
        <message>
            <source>Segment</source>
            <translation>Abschnitt</translation>
        </message>
        <message>
            <source>Passes</source>
            <translation>Durchgänge</translation>
        </message>
        <message>
            <source>Other draft</source>
            <translation>Anderer Entwurf</translation>
        </message>
        <message>
            <source>What the figures mean</source>
            <translation>Was die Zahlen bedeuten</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>Schritt</translation>
        </message>
        <message>
            <source>One cycle of proposing and verifying. It gives out the accepted tokens and one more of the target's own. Step 1 is the token that comes from reading the prompt; it drafts nothing.</source>
            <translation>Ein Durchgang aus Vorschlagen und Prüfen. Er gibt die akzeptierten Token aus und eines mehr vom Zielmodell selbst. Schritt 1 ist das Token, das beim Lesen des Prompts entsteht; er entwirft nichts.</translation>
        </message>
        <message>
            <source>Decode speed: (emitted − 1) / (last emission − first emission). Reading the prompt is not in it.</source>
            <translation>Schreibtempo: (ausgegeben − 1) / (letzte Ausgabe − erste Ausgabe). Das Lesen des Prompts zählt nicht dazu.</translation>
        </message>
        <message>
            <source>Level without drafting</source>
            <translation>Tempo ohne Entwürfe</translation>
        </message>
        <message>
            <source>What the same run's steps without a draft come to, where it has 16 of them or more; else the median of those answers in this report that were written without drafting by the same model on the same devices.</source>
            <translation>Was die Schritte ohne Entwurf desselben Laufs ergeben, wo es 16 oder mehr davon gibt; sonst der Median der Antworten dieses Berichts, die dasselbe Modell auf denselben Geräten ohne Entwürfe schrieb.</translation>
        </message>
        <message>
            <source>Accepted / drafted tokens. Not known where nothing was drafted.</source>
            <translation>Akzeptierte / entworfene Token. Unbekannt, wo nichts entworfen wurde.</translation>
        </message>
        <message>
            <source>Acceptance length τ</source>
            <translation>Akzeptanzlänge τ</translation>
        </message>
        <message>
            <source>1 + accepted / steps: the mean tokens a verify pass yields; 1 is no gain.</source>
            <translation>1 + akzeptiert / Schritte: die mittlere Zahl der Token je Prüfdurchgang; 1 ist kein Gewinn.</translation>
        </message>
        <message>
            <source>Break-even τ</source>
            <translation>Schwelle von τ</translation>
        </message>
        <message>
            <source>Mean time of a drafting step / mean time of a plain step at the same context: what τ must exceed for drafting to pay.</source>
            <translation>Mittlere Zeit eines Schritts mit Entwurf / eines ohne, bei gleichem Kontext: was τ übersteigen muss, damit Entwürfe sich lohnen.</translation>
        </message>
        <message>
            <source>Acceptance by position</source>
            <translation>Akzeptanz je Position</translation>
        </message>
        <message>
            <source>Conditional: of the steps in which all draft tokens before this one were kept, the share that kept this one too.</source>
            <translation>Bedingt: von den Schritten, in denen alle Entwurfstoken davor blieben, der Anteil, in dem auch dieses blieb.</translation>
        </message>
        <message>
            <source>TTFT</source>
            <translation>TTFT</translation>
        </message>
        <message>
            <source>Time to first token: from the request to the first emission, reading included.</source>
            <translation>Zeit bis zum ersten Token: von der Anfrage bis zur ersten Ausgabe, Lesen eingeschlossen.</translation>
        </message>
        <message>
            <source>TPOT</source>
            <translation>TPOT</translation>
        </message>
        <message>
            <source>Time per output token: (last emission − first emission) / (emitted − 1).</source>
            <translation>Zeit je Token: (letzte Ausgabe − erste Ausgabe) / (ausgegeben − 1).</translation>
        </message>
        <message>
            <source>Inter-chunk latency (ICL)</source>
            <translation>Latenz zwischen Stücken (ICL)</translation>
        </message>
        <message>
            <source>The gap between two emissions. p95: 95 % of the gaps are shorter. Jitter: p95 / p50. A stall is a gap above 3 times the median of those before it.</source>
            <translation>Der Abstand zweier Ausgaben. p95: 95 % der Abstände sind kürzer. Schwankung: p95 / p50. Eine Stockung ist ein Abstand über dem Dreifachen des Medians derer davor.</translation>
        </message>
        <message>
            <source>Draft, verify, sample, other</source>
            <translation>Entwurf, Prüfung, Auswahl, Übriges</translation>
        </message>
        <message>
            <source>Wall time of the parts of a step; they add up to the step.</source>
            <translation>Die Zeit der Teile eines Schritts; zusammen ergeben sie den Schritt.</translation>
        </message>
        <message>
            <source>Changes the output</source>
            <translation>Ändert die Ausgabe</translation>
        </message>
        <message>
            <source>A lossy rule judged some drafts, so the text may differ from what the model would have written alone. The share that the exact rule would have refused: Σ (1 − min(1, p/q)) / accepted.</source>
            <translation>Eine verlustbehaftete Regel hat Entwürfe beurteilt; der Text kann also von dem abweichen, was das Modell allein geschrieben hätte. Der Anteil, den die exakte Regel verworfen hätte: Σ (1 − min(1, p/q)) / akzeptiert.</translation>
        </message>
        <message>
            <source>Each prompt answered with drafting and without, one right after the other on one loaded pair; the two take turns in being first, and in between caches and lookups are emptied.</source>
            <translation>Jeder Prompt mit Entwerfen und ohne beantwortet, gleich nacheinander mit einem geladenen Paar; beides kommt abwechselnd zuerst, dazwischen werden Caches und Nachschlagen geleert.</translation>
        </message>
        <message>
            <source>The ratio of the two answers to a prompt, averaged as logarithms: over prompts, then over kinds of text, so that none counts for more because it has more prompts. Of decoding, and of the whole answer, prompt included, at the length of the shorter one.</source>
            <translation>Das Verhältnis der beiden Antworten auf einen Prompt, gemittelt als Logarithmen: über Prompts, dann über Arten von Text, damit keine mehr zählt, weil sie mehr Prompts hat. Beim Schreiben und für die ganze Antwort samt Prompt, bei der Länge der kürzeren.</translation>
        </message>
        <message>
            <source>95 % interval</source>
            <translation>95-%-Intervall</translation>
        </message>
        <message>
            <source>The paired bootstrap over prompts; of a benchmark that was stopped, one that holds however early it is looked at. Where it leaves out 1, drafting makes a difference; for fewer than five prompts there is none.</source>
            <translation>Gepaarter Bootstrap über die Prompts; bei einem angehaltenen Benchmark eines, das gilt, wie früh auch hingesehen wird. Wo es die 1 auslässt, macht Entwerfen einen Unterschied; für weniger als fünf Prompts gibt es keines.</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>ICL p50 · p95 · p99</source>
            <translation>ICL p50 · p95 · p99</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Drafted · accepted</source>
            <translation>Entworfen · akzeptiert</translation>
        </message>
        <message>
            <source>ICL max</source>
            <translation>ICL max</translation>
        </message>
        <message>
            <source>Jitter · stalls</source>
            <translation>Schwankung · Stockungen</translation>
        </message>
        <message>
            <source>Verify</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>Auswahl</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Übriges</translation>
        </message>
        <message>
            <source>{n} answers: with drafting a median of {with_it} tokens/s, without {without} tokens/s.</source>
            <translation>{n} Antworten: mit Entwürfen im Median {with_it} Token/s, ohne {without} Token/s.</translation>
        </message>
        <message>
            <source>{n} answers, with drafting a median of {with_it} tokens/s.</source>
            <translation>{n} Antworten, mit Entwürfen im Median {with_it} Token/s.</translation>
        </message>
        <message>
            <source>{n} answers, without drafting a median of {without} tokens/s.</source>
            <translation>{n} Antworten, ohne Entwürfe im Median {without} Token/s.</translation>
        </message>
        <message>
            <source>{n} answers.</source>
            <translation>{n} Antworten.</translation>
        </message>
        <message>
            <source>These answered different prompts, so the two medians are a hint and no comparison: for that, run the same prompts both ways.</source>
            <translation>Das sind Antworten auf verschiedene Prompts: die beiden Mediane sind ein Hinweis und kein Vergleich. Dafür dieselben Prompts auf beide Arten laufen lassen.</translation>
        </message>
        <message>
            <source>{accepted} of {drafted} tokens</source>
            <translation>{accepted} von {drafted} Token</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>median of {n}</source>
            <translation>Median von {n}</translation>
        </message>
        <message>
            <source>Tokens/s without</source>
            <translation>Token/s ohne</translation>
        </message>
        <message>
            <source>answers with drafting</source>
            <translation>Antworten mit Entwürfen</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>cut off; what there is of it stands in its section</source>
            <translation>abgebrochen; was davon da ist, steht in seinem Abschnitt</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>Outside conversations</source>
            <translation>Außerhalb von Gesprächen</translation>
        </message>
        <message>
            <source>Figures</source>
            <translation>Zahlen</translation>
        </message>
        <message>
            <source>Too few tokens were written to measure a speed.</source>
            <translation>Für eine Messung des Tempos wurden zu wenige Token geschrieben.</translation>
        </message>
        <message>
            <source>{rate} tokens/s; drafting was on and drafted nothing.</source>
            <translation>{rate} Token/s; Entwürfe waren an, und nichts wurde entworfen.</translation>
        </message>
        <message>
            <source>{rate} tokens/s without drafting.</source>
            <translation>{rate} Token/s ohne Entwürfe.</translation>
        </message>
        <message>
            <source>{rate} tokens/s with drafting; what it is without was not measured in this answer.</source>
            <translation>{rate} Token/s mit Entwürfen; wie schnell es ohne ist, wurde in dieser Antwort nicht gemessen.</translation>
        </message>
        <message>
            <source>{rate} tokens/s with drafting: {factor} the {level} tokens/s of an answer without it.</source>
            <translation>{rate} Token/s mit Entwürfen: {factor} der {level} Token/s einer Antwort ohne.</translation>
        </message>
        <message>
            <source>{rate} tokens/s with drafting: {factor} the {level} tokens/s of {n} answers without it.</source>
            <translation>{rate} Token/s mit Entwürfen: {factor} der {level} Token/s von {n} Antworten ohne.</translation>
        </message>
        <message>
            <source>{rate} tokens/s with drafting: {factor} the {level} tokens/s of its own steps without it.</source>
            <translation>{rate} Token/s mit Entwürfen: {factor} der {level} Token/s der eigenen Schritte ohne.</translation>
        </message>
        <message>
            <source>Changes the output: the exact rule would have refused {share} of the accepted tokens.</source>
            <translation>Ändert die Ausgabe: die exakte Regel hätte {share} der akzeptierten Token verworfen.</translation>
        </message>
        <message>
            <source>against {level} tokens/s</source>
            <translation>gegen {level} Token/s</translation>
        </message>
        <message>
            <source>pays above {tau}</source>
            <translation>lohnt über {tau}</translation>
        </message>
        <message>
            <source>nothing drafted</source>
            <translation>nichts entworfen</translation>
        </message>
        <message>
            <source>Time to first token</source>
            <translation>Zeit bis zum ersten Token</translation>
        </message>
        <message>
            <source>Total time</source>
            <translation>Gesamtzeit</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Ende</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Anmerkungen</translation>
        </message>
        <message>
            <source>Draft problem</source>
            <translation>Problem des Entwurfs</translation>
        </message>
        <message>
            <source>the model ended its turn</source>
            <translation>das Modell war fertig</translation>
        </message>
        <message>
            <source>most tokens reached</source>
            <translation>Höchstzahl der Token erreicht</translation>
        </message>
        <message>
            <source>a stop text was written</source>
            <translation>ein Stopptext wurde geschrieben</translation>
        </message>
        <message>
            <source>the context was full</source>
            <translation>der Kontext war voll</translation>
        </message>
        <message>
            <source>thinking closed by its budget</source>
            <translation>Nachdenken durch sein Limit beendet</translation>
        </message>
        <message>
            <source>thinking closed by a person</source>
            <translation>Nachdenken von Hand beendet</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>{n} tokens, {reused} of them reused; read in {time}</source>
            <translation>{n} Token, {reused} davon wiederverwendet; gelesen in {time}</translation>
        </message>
        <message>
            <source>Comparisons of ways to draft</source>
            <translation>Vergleiche der Arten zu entwerfen</translation>
        </message>
        <message>
            <source>Made by Slipstream {version}. This page loads nothing from anywhere.</source>
            <translation>Von Slipstream {version} gemacht. Diese Seite lädt nichts von anderswo.</translation>
        </message>
        <message>
            <source>Written on {time}</source>
            <translation>Geschrieben am {time}</translation>
        </message>
        <message>
            <source>Slipstream statistics</source>
            <translation>Slipstream-Statistik</translation>
        </message>
        <message>
            <source>All answers and benchmarks</source>
            <translation>Alle Antworten und Benchmarks</translation>
        </message>
        <message>
            <source>All benchmarks</source>
            <translation>Alle Benchmarks</translation>
        </message>
        <message>
            <source>All answers</source>
            <translation>Alle Antworten</translation>
        </message>
        <message>
            <source>Some of these answers were judged by a rule that changes the output.</source>
            <translation>Einige dieser Antworten hat eine Regel beurteilt, die die Ausgabe ändert.</translation>
        </message>
        <message>
            <source>The latest {n} answers are shown with their plots below; the table has all of them.</source>
            <translation>Die letzten {n} Antworten stehen unten mit ihren Diagrammen; die Tabelle hat alle.</translation>
        </message>
        <message>
            <source>Decode tokens/s over the tokens written, against the level without drafting</source>
            <translation>Token/s über die geschriebenen Token, gegen das Tempo ohne Entwürfe</translation>
        </message>
        <message>
            <source>Acceptance length τ, the tokens a verify pass yields, against its break-even</source>
            <translation>Akzeptanzlänge τ, die Token eines Prüfdurchgangs, gegen die Schwelle, ab der es sich lohnt</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens</source>
            <translation>Akzeptanzrate: akzeptierte / entworfene Token</translation>
        </message>
        <message>
            <source>Inter-chunk latency: the time before every chunk, with stalls marked</source>
            <translation>Latenz zwischen Stücken: die Zeit vor jedem Stück, Stockungen markiert</translation>
        </message>
        <message>
            <source>How many tokens came at once</source>
            <translation>Wie viele Token auf einmal kamen</translation>
        </message>
        <message>
            <source>Conditional acceptance: how far drafts hold, by position in the draft</source>
            <translation>Bedingte Akzeptanz: wie weit Entwürfe tragen, je Position im Entwurf</translation>
        </message>
        <message>
            <source>Mean time of a step by its parts, over the run</source>
            <translation>Mittlere Zeit eines Schritts nach Teilen, über den Lauf</translation>
        </message>
        <message>
            <source>The last steps one by one: their time and their drafted tokens</source>
            <translation>Die letzten Schritte einzeln: ihre Zeit und ihre entworfenen Token</translation>
        </message>
        <message>
            <source>without drafting {rate}</source>
            <translation>ohne Entwürfe {rate}</translation>
        </message>
        <message>
            <source>last 2 s</source>
            <translation>letzte 2 s</translation>
        </message>
        <message>
            <source>break-even {tau}</source>
            <translation>lohnt ab {tau}</translation>
        </message>
        <message>
            <source>recent</source>
            <translation>zuletzt</translation>
        </message>
        <message>
            <source>Inter-chunk latency, ms</source>
            <translation>Latenz zwischen Stücken, ms</translation>
        </message>
        <message>
            <source>gap</source>
            <translation>Abstand</translation>
        </message>
        <message>
            <source>stalls: {n}</source>
            <translation>Stockungen: {n}</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>Mittel</translation>
        </message>
        <message>
            <source>Tokens per chunk, share of chunks</source>
            <translation>Token je Stück, Anteil der Stücke</translation>
        </message>
        <message>
            <source>no steps yet</source>
            <translation>noch keine Schritte</translation>
        </message>
        <message>
            <source>Acceptance by draft position, of those that got there</source>
            <translation>Akzeptanz je Position im Entwurf, derer, die so weit kamen</translation>
        </message>
        <message>
            <source>Time of a step, ms</source>
            <translation>Zeit eines Schritts, ms</translation>
        </message>
        <message>
            <source>step {n}</source>
            <translation>Schritt {n}</translation>
        </message>
        <message>
            <source>The last {n} steps</source>
            <translation>Die letzten {n} Schritte</translation>
        </message>
        <message>
            <source>The last steps</source>
            <translation>Die letzten Schritte</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>akzeptiert</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>verworfen</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>verify</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>sample</source>
            <translation>Auswahl</translation>
        </message>
        <message>
            <source>other</source>
            <translation>Übriges</translation>
        </message>
    </context>
    <context>
        <name>ReportDialog</name>
        <message>
            <source>Export statistics</source>
            <translation>Statistik exportieren</translation>
        </message>
        <message>
            <source>What is exported</source>
            <translation>Was exportiert wird</translation>
        </message>
        <message>
            <source>The prompt and the texts are exported with the figures.</source>
            <translation>Der Prompt und die Texte werden mit den Zahlen exportiert.</translation>
        </message>
        <message>
            <source>Figures, names and settings are exported, never what was said.</source>
            <translation>Exportiert werden Zahlen, Namen und Einstellungen, nie das Gesagte.</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>&amp;Report (HTML)</source>
            <translation>&amp;Bericht (HTML)</translation>
        </message>
        <message>
            <source>Plots, figures and settings on one page, for any browser</source>
            <translation>Diagramme, Zahlen und Einstellungen auf einer Seite, für jeden Browser</translation>
        </message>
        <message>
            <source>Table of &amp;answers (CSV)</source>
            <translation>Tabelle der &amp;Antworten (CSV)</translation>
        </message>
        <message>
            <source>A row an answer, for a spreadsheet</source>
            <translation>Eine Zeile je Antwort, für eine Tabellenkalkulation</translation>
        </message>
        <message>
            <source>Table of &amp;steps (CSV)</source>
            <translation>Tabelle der &amp;Schritte (CSV)</translation>
        </message>
        <message>
            <source>A row a step</source>
            <translation>Eine Zeile je Schritt</translation>
        </message>
        <message>
            <source>Table of &amp;segments (CSV)</source>
            <translation>Tabelle der &amp;Abschnitte (CSV)</translation>
        </message>
        <message>
            <source>A row a segment of each side, without texts, for a spreadsheet</source>
            <translation>Eine Zeile je Abschnitt und Seite, ohne Texte, für eine Tabellenkalkulation</translation>
        </message>
        <message>
            <source>&amp;JSON</source>
            <translation>&amp;JSON</translation>
        </message>
        <message>
            <source>All that was measured, for programs; with the ids of the tokens, which can be read as text</source>
            <translation>Alles Gemessene, für Programme; mit den Nummern der Token, die sich als Text lesen lassen</translation>
        </message>
        <message>
            <source>Pictures of the &amp;plots (PNG)</source>
            <translation>Bilder der &amp;Diagramme (PNG)</translation>
        </message>
        <message>
            <source>A folder with a picture a plot</source>
            <translation>Ein Ordner mit einem Bild je Diagramm</translation>
        </message>
        <message>
            <source>Pictures of the plots (S&amp;VG)</source>
            <translation>Bilder der Diagramme (S&amp;VG)</translation>
        </message>
        <message>
            <source>The same, sharp at every size and open to editing</source>
            <translation>Dasselbe, in jeder Größe scharf und bearbeitbar</translation>
        </message>
        <message>
            <source>A row an answer, with drafting and without, for a spreadsheet</source>
            <translation>Eine Zeile je Antwort, mit Entwerfen und ohne, für eine Tabellenkalkulation</translation>
        </message>
        <message>
            <source>A row a chunk of text: how many tokens, and when</source>
            <translation>Eine Zeile je Textstück: wie viele Token, und wann</translation>
        </message>
        <message>
            <source>A row an answer, for a spreadsheet; of conversations alone</source>
            <translation>Eine Zeile je Antwort, für eine Tabellenkalkulation; nur aus Gesprächen</translation>
        </message>
        <message>
            <source>A row a step; of conversations alone</source>
            <translation>Eine Zeile je Schritt; nur aus Gesprächen</translation>
        </message>
    </context>
    <context>
        <name>ReportDialogs</name>
        <message>
            <source>This answer</source>
            <translation>Diese Antwort</translation>
        </message>
        <message>
            <source>This benchmark: {0}</source>
            <translation>Dieser Benchmark: {0}</translation>
        </message>
        <message>
            <source>This comparison</source>
            <translation>Dieser Vergleich</translation>
        </message>
        <message>
            <source>This conversation: {0}</source>
            <translation>Dieses Gespräch: {0}</translation>
        </message>
        <message>
            <source>This conversation</source>
            <translation>Dieses Gespräch</translation>
        </message>
        <message>
            <source>All benchmarks</source>
            <translation>Alle Benchmarks</translation>
        </message>
        <message>
            <source>Everything that was measured</source>
            <translation>Alles Gemessene</translation>
        </message>
        <message>
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <source>Slipstream benchmarks</source>
            <translation>Slipstream-Benchmarks</translation>
        </message>
        <message>
            <source>Slipstream statistics</source>
            <translation>Slipstream-Statistik</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>{0} – plots</source>
            <translation>{0} – Diagramme</translation>
        </message>
        <message>
            <source>Folder of the pictures</source>
            <translation>Ordner der Bilder</translation>
        </message>
        <message>
            <source>Export statistics</source>
            <translation>Statistik exportieren</translation>
        </message>
    </context>
    <context>
        <name>Reports</name>
        <message>
            <source>The report was written to {0}.</source>
            <translation>Der Bericht wurde nach {0} geschrieben.</translation>
        </message>
        <message>
            <source>The pictures were written to {0}.</source>
            <translation>Die Bilder wurden nach {0} geschrieben.</translation>
        </message>
        <message>
            <source>The statistics were written to {0}.</source>
            <translation>Die Statistik wurde nach {0} geschrieben.</translation>
        </message>
        <message>
            <source>Nothing was measured there yet, so it is empty.</source>
            <translation>Dort wurde noch nichts gemessen, also ist sie leer.</translation>
        </message>
    </context>
    <context>
        <name>RepositoryPanel</name>
        <message>
            <source>Its terms must be accepted first: open it on the hub, log in and accept them there. Then put a token into the settings, or log in on this machine with `hf auth login`.</source>
            <translation>Zuerst sind seine Bedingungen anzunehmen: auf dem Hub öffnen, dort anmelden und sie annehmen. Dann ein Zugangstoken in den Einstellungen eintragen oder sich auf diesem Rechner mit `hf auth login` anmelden.</translation>
        </message>
        <message>
            <source>Open on the hub</source>
            <translation>Auf dem Hub öffnen</translation>
        </message>
        <message>
            <source>Models of this repository</source>
            <translation>Modelle dieses Repositorys</translation>
        </message>
        <message>
            <source>{0} parts</source>
            <translation>{0} Teile</translation>
        </message>
        <message>
            <source>eyes or ears of another model</source>
            <translation>Augen oder Ohren eines anderen Modells</translation>
        </message>
        <message>
            <source>data for quantizing</source>
            <translation>Daten zum Quantisieren</translation>
        </message>
        <message>
            <source>incomplete</source>
            <translation>unvollständig</translation>
        </message>
        <message>
            <source>unusable</source>
            <translation>unbrauchbar</translation>
        </message>
        <message>
            <source>no pair</source>
            <translation>kein Paar</translation>
        </message>
        <message>
            <source>about: {0}</source>
            <translation>etwa: {0}</translation>
        </message>
        <message>
            <source>{0} parameters</source>
            <translation>{0} Parameter</translation>
        </message>
        <message>
            <source>{0} of context</source>
            <translation>{0} Kontext</translation>
        </message>
        <message>
            <source>licence: {0}</source>
            <translation>Lizenz: {0}</translation>
        </message>
        <message>
            <source>no licence named</source>
            <translation>keine Lizenz genannt</translation>
        </message>
        <message>
            <source>{0} downloads</source>
            <translation>{0} Downloads</translation>
        </message>
        <message>
            <source>private</source>
            <translation>privat</translation>
        </message>
        <message>
            <source>gated</source>
            <translation>mit Bedingungen</translation>
        </message>
        <message>
            <source>Not offered, as these names are not safe to write: {0}</source>
            <translation>Nicht angeboten, weil sich diese Namen nicht sicher schreiben lassen: {0}</translation>
        </message>
        <message>
            <source>Looking for its files…</source>
            <translation>Dateien werden gesucht…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>No GGUF files</source>
            <translation>Keine GGUF-Dateien</translation>
        </message>
        <message>
            <source>This repository has none that can be used.</source>
            <translation>Dieses Repository hat keine brauchbaren.</translation>
        </message>
        <message>
            <source>Its files, what they take of this machine's memory, and who drafts for whom.</source>
            <translation>Seine Dateien, ihr Bedarf an Speicher auf diesem Rechner und wer für wen vorausschreibt.</translation>
        </message>
        <message>
            <source>Choose a repository</source>
            <translation>Repository wählen</translation>
        </message>
    </context>
    <context>
        <name>ResultLines</name>
        <message>
            <source>Titles</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Nachrichten</translation>
        </message>
        <message>
            <source>Nothing was found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message>
            <source>Only the newest are shown.</source>
            <translation>Nur die neuesten sind gezeigt.</translation>
        </message>
    </context>
    <context>
        <name>RunPlot</name>
        <message>
            <source>Tokens/s of every answer over time</source>
            <translation>Token/s aller Antworten im Verlauf</translation>
        </message>
        <message>
            <source>{0} tokens/s</source>
            <translation>{0} Token/s</translation>
        </message>
        <message>
            <source>drafted, {0} kept</source>
            <translation>entworfen, {0} behalten</translation>
        </message>
        <message>
            <source>not drafted</source>
            <translation>nicht entworfen</translation>
        </message>
        <message>
            <source>tokens/s, drafted</source>
            <translation>Token/s, entworfen</translation>
        </message>
    </context>
    <context>
        <name>RunStrip</name>
        <message>
            <source>token limit</source>
            <translation>Tokengrenze</translation>
        </message>
        <message>
            <source>stop text</source>
            <translation>Stopptext</translation>
        </message>
        <message>
            <source>context full</source>
            <translation>Kontext voll</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>The model ended its turn.</source>
            <translation>Das Modell hat zu Ende geschrieben.</translation>
        </message>
        <message>
            <source>The longest answer set for this conversation was reached.</source>
            <translation>Die für dieses Gespräch gesetzte längste Antwort ist erreicht.</translation>
        </message>
        <message>
            <source>A stop text was written.</source>
            <translation>Ein Stopptext wurde geschrieben.</translation>
        </message>
        <message>
            <source>The context has no room for more tokens.</source>
            <translation>Der Kontext hat keinen Platz für weitere Token.</translation>
        </message>
        <message>
            <source>Stopped by you.</source>
            <translation>Von dir angehalten.</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>{phase}: {tokens} tokens, {rate} tokens/s, τ {tau}</source>
            <translation>{phase}: {tokens} Token, {rate} Token/s, τ {tau}</translation>
        </message>
        <message>
            <source>{accepted} of {drafted} kept.</source>
            <translation>{accepted} von {drafted} behalten.</translation>
        </message>
        <message>
            <source>Nothing was drafted.</source>
            <translation>Es wurde nichts vorausgeschrieben.</translation>
        </message>
        <message>
            <source>tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>Decode speed: (emitted − 1) / (last emission − first emission).</source>
            <translation>Schreibtempo: (ausgegeben − 1) / (letzte Ausgabe − erste Ausgabe).</translation>
        </message>
        <message>
            <source>τ</source>
            <translation>τ</translation>
        </message>
        <message>
            <source>Acceptance length: 1 + accepted / steps, the mean tokens a verify pass yields.</source>
            <translation>Annahmelänge: 1 + angenommen / Schritte, die mittlere Zahl der Token je Prüflauf.</translation>
        </message>
        <message>
            <source>{steps} steps.</source>
            <translation>{steps} Schritte.</translation>
        </message>
        <message>
            <source>acceptance</source>
            <translation>Annahme</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens.</source>
            <translation>Annahmerate: angenommene / vorausgeschriebene Token.</translation>
        </message>
        <message>
            <source>exact rule refuses {share}</source>
            <translation>exakte Regel lehnt {share} ab</translation>
        </message>
        <message>
            <source>changes the output</source>
            <translation>ändert die Ausgabe</translation>
        </message>
        <message>
            <source>The acceptance rule kept drafted tokens that the exact rule would have refused, so this is not
what the model would have written alone. Of the accepted tokens the exact rule would have
refused this share, in expectation: Σ (1 − min(1, p/q)) / accepted.</source>
            <translation>Die Annahmeregel behielt vorausgeschriebene Token, die die exakte Regel abgelehnt hätte; dies ist also nicht,
was das Modell allein geschrieben hätte. Von den angenommenen Token hätte die exakte Regel im Mittel
diesen Anteil abgelehnt: Σ (1 − min(1, p/q)) / angenommen.</translation>
        </message>
        <message>
            <source>All tokens given out until the answer was cut off.</source>
            <translation>Alle Token, die ausgegeben wurden, bis die Antwort abgebrochen wurde.</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>TTFT</source>
            <translation>TTFT</translation>
        </message>
        <message>
            <source>Time to first token: from the request to the first emitted token.</source>
            <translation>Zeit bis zum ersten Token: von der Anfrage bis zum ersten ausgegebenen Token.</translation>
        </message>
        <message>
            <source>Prompt: {total} tokens, {reused} of them reused from the cache.</source>
            <translation>Eingabe: {total} Token, davon {reused} aus dem Zwischenspeicher.</translation>
        </message>
        <message>
            <source>All tokens given out; the end-of-turn token counts.</source>
            <translation>Alle ausgegebenen Token; das Endetoken zählt mit.</translation>
        </message>
        <message>
            <source>Total time: {total}.</source>
            <translation>Gesamtzeit: {total}.</translation>
        </message>
        <message>
            <source>ended</source>
            <translation>Ende</translation>
        </message>
    </context>
    <context>
        <name>SavedPage</name>
        <message>
            <source>Saved benchmarks</source>
            <translation>Gespeicherte Messreihen</translation>
        </message>
        <message>
            <source>Nothing is saved yet. What you measure is kept here.</source>
            <translation>Noch ist nichts gespeichert. Was du misst, wird hier aufgehoben.</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>Vergleichen mit</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weitermessen</translation>
        </message>
        <message>
            <source>Measure what is left of it.</source>
            <translation>Messen, was davon noch aussteht.</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>As a report, a table, JSON or pictures</source>
            <translation>Als Bericht, Tabelle, JSON oder Bilder</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Umbenennen…</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Entfernen…</translation>
        </message>
        <message>
            <source>Beside it</source>
            <translation>Daneben</translation>
        </message>
        <message>
            <source>Measured with</source>
            <translation>Gemessen mit</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>Nothing is measured yet.</source>
            <translation>Noch ist nichts gemessen.</translation>
        </message>
        <message>
            <source>It was stopped: {0} of {1} prompts are still to be measured.</source>
            <translation>Sie wurde angehalten: {0} von {1} Aufgaben sind noch zu messen.</translation>
        </message>
        <message>
            <source>{0}, {1} times each</source>
            <translation>{0}, je {1}-mal</translation>
        </message>
        <message>
            <source>Begun</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>Asked</source>
            <translation>Gefragt</translation>
        </message>
        <message>
            <source>A: {0}. B: {1}. They were measured at different times.</source>
            <translation>A: {0}. B: {1}. Sie wurden zu verschiedenen Zeiten gemessen.</translation>
        </message>
        <message>
            <source>Rename the benchmark</source>
            <translation>Messreihe umbenennen</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Remove the benchmark</source>
            <translation>Messreihe entfernen</translation>
        </message>
        <message>
            <source>Remove “{0}” with all its figures?</source>
            <translation>„{0}“ mit allen Zahlen entfernen?</translation>
        </message>
        <message>
            <source>This cannot be undone.</source>
            <translation>Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>Search</name>
        <message>
            <source>What was found is on another branch of this conversation.</source>
            <translation>Das Gefundene steht auf einem anderen Zweig dieses Gesprächs.</translation>
        </message>
        <message>
            <source>It can be shown when the answer is complete.</source>
            <translation>Es kann gezeigt werden, wenn die Antwort vollständig ist.</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>Thinking: </source>
            <translation>Nachdenken: </translation>
        </message>
        <message>
            <source>You: </source>
            <translation>Du: </translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d. MMM</translation>
        </message>
    </context>
    <context>
        <name>SearchField</name>
        <message>
            <source>Search</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Search all conversations (Ctrl+Shift+F)</source>
            <translation>Alle Gespräche durchsuchen (Strg+Umschalt+F)</translation>
        </message>
        <message>
            <source>Search all conversations</source>
            <translation>Alle Gespräche durchsuchen</translation>
        </message>
        <message>
            <source>Clear the search</source>
            <translation>Suche leeren</translation>
        </message>
    </context>
    <context>
        <name>SearchResults</name>
        <message>
            <source>What was found</source>
            <translation>Was gefunden wurde</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>The pair is being measured.</source>
            <translation>Das Paar wird gemessen.</translation>
        </message>
        <message>
            <source>Ways to draft are being compared.</source>
            <translation>Entwurfsarten werden verglichen.</translation>
        </message>
        <message>
            <source>A benchmark is running.</source>
            <translation>Eine Messreihe läuft.</translation>
        </message>
        <message>
            <source>No model is loaded.</source>
            <translation>Es ist kein Modell geladen.</translation>
        </message>
        <message>
            <source>An answer is being written.</source>
            <translation>Es wird eine Antwort geschrieben.</translation>
        </message>
        <message>
            <source>Something went wrong inside Slipstream: {0}</source>
            <translation>In Slipstream ist etwas schiefgegangen: {0}</translation>
        </message>
        <message>
            <source>The log has the details. Going on may work.</source>
            <translation>Im Protokoll stehen die Einzelheiten. Vielleicht geht es trotzdem weiter.</translation>
        </message>
        <message>
            <source>Slipstream was not closed properly. What was written of the last answer is kept.</source>
            <translation>Slipstream wurde nicht ordentlich beendet. Was von der letzten Antwort geschrieben war, ist erhalten.</translation>
        </message>
    </context>
    <context>
        <name>Settings</name>
        <message>
            <source>Theme</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>Follow the system, or stay light or dark</source>
            <translation>Dem System folgen, oder hell oder dunkel bleiben</translation>
        </message>
        <message>
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Of menus and messages; acts on the next start</source>
            <translation>Der Menüs und Meldungen; wirkt ab dem nächsten Start</translation>
        </message>
        <message>
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <source>Deutsch</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Textgröße</translation>
        </message>
        <message>
            <source>Of conversations; Ctrl with + or −, or with the wheel, changes it too</source>
            <translation>Der Gespräche; auch Strg mit + oder − oder mit dem Mausrad ändert sie</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatur</translation>
        </message>
        <message>
            <source>0 always takes the likeliest token; R1 distills are meant to run at 0.6</source>
            <translation>0 nimmt immer das wahrscheinlichste Token; R1-Destillate sind für 0,6 gedacht</translation>
        </message>
        <message>
            <source>Top-p</source>
            <translation>Top-p</translation>
        </message>
        <message>
            <source>Sample from the likeliest tokens that add up to this probability; 1 is off</source>
            <translation>Aus den wahrscheinlichsten Token wählen, die zusammen diese Wahrscheinlichkeit haben; 1 ist aus</translation>
        </message>
        <message>
            <source>Top-k</source>
            <translation>Top-k</translation>
        </message>
        <message>
            <source>Sample from this many likeliest tokens</source>
            <translation>Aus so vielen wahrscheinlichsten Token wählen</translation>
        </message>
        <message>
            <source>Min-p</source>
            <translation>Min-p</translation>
        </message>
        <message>
            <source>Drop tokens less likely than this share of the likeliest; 0 is off</source>
            <translation>Token weglassen, die unwahrscheinlicher sind als dieser Anteil des wahrscheinlichsten; 0 ist aus</translation>
        </message>
        <message>
            <source>Repetition penalty</source>
            <translation>Wiederholungsstrafe</translation>
        </message>
        <message>
            <source>Above 1 makes recent tokens less likely; 1 is off</source>
            <translation>Über 1 macht jüngst geschriebene Token unwahrscheinlicher; 1 ist aus</translation>
        </message>
        <message>
            <source>Longest answer</source>
            <translation>Längste Antwort</translation>
        </message>
        <message>
            <source>Tokens, thinking included</source>
            <translation>Token, Nachdenken eingeschlossen</translation>
        </message>
        <message>
            <source>Thinking budget</source>
            <translation>Limit fürs Nachdenken</translation>
        </message>
        <message>
            <source>Tokens of thinking after which the answer begins</source>
            <translation>Token des Nachdenkens, nach denen die Antwort beginnt</translation>
        </message>
        <message>
            <source>Context size</source>
            <translation>Kontextgröße</translation>
        </message>
        <message>
            <source>Tokens both models can see; acts on the next load</source>
            <translation>Token, die beide Modelle sehen können; wirkt beim nächsten Laden</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>Threads</translation>
        </message>
        <message>
            <source>Processor threads; automatic takes the physical cores; acts on the next load</source>
            <translation>Prozessor-Threads; automatisch nimmt die physischen Kerne; wirkt beim nächsten Laden</translation>
        </message>
        <message>
            <source>Layers on the GPU</source>
            <translation>Schichten auf der GPU</translation>
        </message>
        <message>
            <source>Of the model; automatic takes as many as fit, 0 keeps it on the processor</source>
            <translation>Des Modells; automatisch so viele, wie passen, 0 lässt es auf dem Prozessor</translation>
        </message>
        <message>
            <source>Draft layers on the GPU</source>
            <translation>Schichten des Entwurfsmodells auf der GPU</translation>
        </message>
        <message>
            <source>The draft goes first: beside the GPU it would slow every step down</source>
            <translation>Das Entwurfsmodell kommt zuerst: neben der GPU würde es jeden Schritt bremsen</translation>
        </message>
        <message>
            <source>Devices</source>
            <translation>Geräte</translation>
        </message>
        <message>
            <source>That the model's layers may go to; fastest first where it is automatic</source>
            <translation>Auf die Schichten des Modells dürfen; automatisch das schnellste zuerst</translation>
        </message>
        <message>
            <source>Draft devices</source>
            <translation>Geräte des Entwurfsmodells</translation>
        </message>
        <message>
            <source>That the draft's layers may go to; one is best, as it is small</source>
            <translation>Auf die Schichten des Entwurfsmodells dürfen; eines ist am besten, denn es ist klein</translation>
        </message>
        <message>
            <source>Flash attention</source>
            <translation>Flash Attention</translation>
        </message>
        <message>
            <source>Less memory for long contexts; automatic takes it where the device can</source>
            <translation>Weniger Speicher für lange Kontexte; automatisch, wo das Gerät es kann</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <source>On</source>
            <translation>An</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Cache of keys</source>
            <translation>Cache der Schlüssel</translation>
        </message>
        <message>
            <source>Fewer bits make room for a longer context; below q8_0 answers suffer</source>
            <translation>Weniger Bits machen Platz für einen längeren Kontext; unter q8_0 leiden die Antworten</translation>
        </message>
        <message>
            <source>f16, the default</source>
            <translation>f16, die Vorgabe</translation>
        </message>
        <message>
            <source>q8_0, half the memory</source>
            <translation>q8_0, der halbe Speicher</translation>
        </message>
        <message>
            <source>q4_0, a quarter</source>
            <translation>q4_0, ein Viertel</translation>
        </message>
        <message>
            <source>Cache of values</source>
            <translation>Cache der Werte</translation>
        </message>
        <message>
            <source>Fewer bits than 16 need flash attention</source>
            <translation>Weniger als 16 Bits brauchen Flash Attention</translation>
        </message>
        <message>
            <source>System prompt</source>
            <translation>System-Prompt</translation>
        </message>
        <message>
            <source>Put before the conversation; R1 distills want none</source>
            <translation>Steht vor dem Gespräch; R1-Destillate wollen keinen</translation>
        </message>
        <message>
            <source>Speculative decoding</source>
            <translation>Spekulatives Dekodieren</translation>
        </message>
        <message>
            <source>Let a draft run ahead of the model</source>
            <translation>Einen Entwurf dem Modell vorausschreiben lassen</translation>
        </message>
        <message>
            <source>Draft length</source>
            <translation>Entwurfslänge</translation>
        </message>
        <message>
            <source>Tokens drafted a step</source>
            <translation>Token, die je Schritt vorausgeschrieben werden</translation>
        </message>
        <message>
            <source>Acceptance</source>
            <translation>Annahme</translation>
        </message>
        <message>
            <source>Which drafted tokens are kept; at temperature 0 all three keep the same. What a rule that changes the output let through is told under the answer</source>
            <translation>Welche vorausgeschriebenen Token bleiben; bei Temperatur 0 behalten alle drei dieselben. Was eine Regel durchließ, die die Ausgabe ändert, steht unter der Antwort</translation>
        </message>
        <message>
            <source>Lossless: as if the model had written alone</source>
            <translation>Verlustfrei: wie das Modell allein</translation>
        </message>
        <message>
            <source>Relaxed: changes the output, in thinking only</source>
            <translation>Gelockert: ändert die Ausgabe beim Nachdenken</translation>
        </message>
        <message>
            <source>Typical: changes the output</source>
            <translation>Typisch: ändert die Ausgabe</translation>
        </message>
        <message>
            <source>Show drafted tokens</source>
            <translation>Vorausgeschriebene Token zeigen</translation>
        </message>
        <message>
            <source>Tint and underline what the draft got right. Resting on a token, or walking with the arrow keys, shows what the draft had proposed there</source>
            <translation>Färben und unterstreichen, was der Entwurf richtig hatte. Auf einem Token verweilen oder mit den Pfeiltasten gehen zeigt, was der Entwurf dort vorgeschlagen hatte</translation>
        </message>
        <message>
            <source>Preset for new conversations</source>
            <translation>Vorlage für neue Gespräche</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modell</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>Recent models</source>
            <translation>Zuletzt benutzte Modelle</translation>
        </message>
        <message>
            <source>Folders with models</source>
            <translation>Ordner mit Modellen</translation>
        </message>
        <message>
            <source>Looked through for GGUF files, with what is in them; nothing there is ever changed</source>
            <translation>Werden samt Unterordnern nach GGUF-Dateien durchsucht; geändert wird dort nie etwas</translation>
        </message>
        <message>
            <source>Prompts of each kind</source>
            <translation>Aufgaben je Textart</translation>
        </message>
        <message>
            <source>Repeats</source>
            <translation>Wiederholungen</translation>
        </message>
        <message>
            <source>Tokens a fixed draft has</source>
            <translation>Token eines Entwurfs fester Länge</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>The longest answer of each side</source>
            <translation>Die längste Antwort jeder Seite</translation>
        </message>
        <message>
            <source>The processor alone</source>
            <translation>Nur der Prozessor</translation>
        </message>
        <message>
            <source>{0} (not there)</source>
            <translation>{0} (nicht da)</translation>
        </message>
        <message>
            <source>Add a folder…</source>
            <translation>Ordner hinzufügen…</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0} ({1})</translation>
        </message>
        <message>
            <source>{0} ({1}), {2} free</source>
            <translation>{0} ({1}), {2} frei</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Speculation</source>
            <translation>Spekulation</translation>
        </message>
        <message>
            <source>Loading</source>
            <translation>Laden</translation>
        </message>
        <message>
            <source>Models on this machine</source>
            <translation>Modelle auf diesem Rechner</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Weiteres</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Restore defaults</source>
            <translation>Standard wiederherstellen</translation>
        </message>
        <message>
            <source>Model hub</source>
            <translation>Modell-Hub</translation>
        </message>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Undo restore</source>
            <translation>Wiederherstellen rückgängig</translation>
        </message>
    </context>
    <context>
        <name>Shortcuts</name>
        <message>
            <source>Writing a message</source>
            <translation>Eine Nachricht schreiben</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Nachricht senden</translation>
        </message>
        <message>
            <source>New line</source>
            <translation>Neue Zeile</translation>
        </message>
        <message>
            <source>Stop the answer</source>
            <translation>Antwort anhalten</translation>
        </message>
        <message>
            <source>On to the next control</source>
            <translation>Weiter zum nächsten Bedienelement</translation>
        </message>
        <message>
            <source>Reading a conversation</source>
            <translation>Ein Gespräch lesen</translation>
        </message>
        <message>
            <source>Scroll</source>
            <translation>Rollen</translation>
        </message>
        <message>
            <source>Scroll by a page</source>
            <translation>Seitenweise rollen</translation>
        </message>
        <message>
            <source>On and back by a page</source>
            <translation>Eine Seite weiter und zurück</translation>
        </message>
        <message>
            <source>To the start, to the end</source>
            <translation>Zum Anfang, zum Ende</translation>
        </message>
        <message>
            <source>Wide code sideways</source>
            <translation>Breiten Code seitwärts</translation>
        </message>
        <message>
            <source>Select letters</source>
            <translation>Buchstaben auswählen</translation>
        </message>
        <message>
            <source>Select lines</source>
            <translation>Zeilen auswählen</translation>
        </message>
        <message>
            <source>Select words</source>
            <translation>Wörter auswählen</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>Alles auswählen</translation>
        </message>
        <message>
            <source>Copy what is selected</source>
            <translation>Ausgewähltes kopieren</translation>
        </message>
        <message>
            <source>What can be done here, links too</source>
            <translation>Was hier möglich ist, auch Links</translation>
        </message>
        <message>
            <source>To the buttons under the messages</source>
            <translation>Zu den Knöpfen unter den Nachrichten</translation>
        </message>
        <message>
            <source>Finding in a conversation</source>
            <translation>Im Gespräch suchen</translation>
        </message>
        <message>
            <source>Next hit</source>
            <translation>Nächster Treffer</translation>
        </message>
        <message>
            <source>Previous hit</source>
            <translation>Voriger Treffer</translation>
        </message>
        <message>
            <source>Close the bar</source>
            <translation>Leiste schließen</translation>
        </message>
        <message>
            <source>While drafted tokens are shown</source>
            <translation>Solange vorausgeschriebene Token gezeigt werden</translation>
        </message>
        <message>
            <source>From token to token</source>
            <translation>Von Token zu Token</translation>
        </message>
        <message>
            <source>To the next refused draft</source>
            <translation>Zum nächsten abgelehnten Entwurf</translation>
        </message>
        <message>
            <source>To the line above, below</source>
            <translation>Zur Zeile darüber, darunter</translation>
        </message>
        <message>
            <source>Leave the tokens</source>
            <translation>Die Token verlassen</translation>
        </message>
        <message>
            <source>Conversations</source>
            <translation>Gespräche</translation>
        </message>
        <message>
            <source>Choose</source>
            <translation>Wählen</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Weiteres</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsSheet</name>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
    </context>
    <context>
        <name>SideBySide</name>
        <message>
            <source>The comparison ended because of a fault in Slipstream.</source>
            <translation>Der Vergleich endete wegen eines Fehlers in Slipstream.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
        <message>
            <source>No draft model is loaded.</source>
            <translation>Es ist kein Entwurfsmodell geladen.</translation>
        </message>
        <message>
            <source>At temperature 0 all rules keep the same tokens.</source>
            <translation>Bei Temperatur 0 behalten alle Regeln dieselben Token.</translation>
        </message>
        <message>
            <source>{0} drafts as far as it pays. It is loaded for the comparison, and freed after it.</source>
            <translation>{0} entwirft, soweit es sich lohnt. Das Modell wird für den Vergleich geladen und danach wieder freigegeben.</translation>
        </message>
        <message>
            <source>The draft model drafts as far as it pays, lookup first; off where it does not pay.</source>
            <translation>Das Entwurfsmodell entwirft, so weit es sich lohnt, zuerst durch Nachschlagen; gar nicht, wo es sich nicht lohnt.</translation>
        </message>
        <message>
            <source>The draft model drafts the same number of tokens in each step, whether it pays or not.</source>
            <translation>Das Entwurfsmodell entwirft in jedem Schritt gleich viele Token, ob es sich lohnt oder nicht.</translation>
        </message>
        <message>
            <source>What followed the same words earlier in the conversation is drafted again.</source>
            <translation>Was im Gespräch früher auf dieselben Wörter folgte, wird wieder entworfen.</translation>
        </message>
        <message>
            <source>While thinking, near misses of the draft are kept. This changes the output.</source>
            <translation>Beim Nachdenken bleiben knappe Fehlgriffe des Entwurfs stehen. Das ändert die Ausgabe.</translation>
        </message>
        <message>
            <source>Drafted tokens that are typical enough are kept. This changes the output.</source>
            <translation>Entworfene Token, die typisch genug sind, bleiben stehen. Das ändert die Ausgabe.</translation>
        </message>
        <message>
            <source>The comparison goes on; it is tried again when it is over. {0}</source>
            <translation>Der Vergleich läuft weiter; an seinem Ende wird es noch einmal versucht. {0}</translation>
        </message>
        <message>
            <source>way</source>
            <translation>Art</translation>
        </message>
        <message>
            <source>tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>speed-up</source>
            <translation>Beschleunigung</translation>
        </message>
        <message>
            <source>total latency</source>
            <translation>Gesamtlatenz</translation>
        </message>
        <message>
            <source>acceptance</source>
            <translation>Annahme</translation>
        </message>
        <message>
            <source>τ</source>
            <translation>τ</translation>
        </message>
        <message>
            <source>p50</source>
            <translation>p50</translation>
        </message>
        <message>
            <source>p95</source>
            <translation>p95</translation>
        </message>
        <message>
            <source>{n} segments of {tokens} tokens each, written by turns on one engine; 95 % intervals.</source>
            <translation>{n} Abschnitte von je {tokens} Token, abwechselnd auf einem Modell geschrieben; 95-%-Intervalle.</translation>
        </message>
        <message>
            <source>Temperature {0}; {1}; {2} threads.</source>
            <translation>Temperatur {0}; {1}; {2} Threads.</translation>
        </message>
        <message>
            <source>No drafting</source>
            <translation>Ohne Entwurf</translation>
        </message>
        <message>
            <source>n-gram lookup</source>
            <translation>N-Gramm-Nachschlagen</translation>
        </message>
        <message>
            <source>Drafting {0} with {1}</source>
            <translation>{0} entwerfen mit {1}</translation>
        </message>
        <message>
            <source>Drafting {0}</source>
            <translation>Entwurf mit {0}</translation>
        </message>
        <message>
            <source>Relaxed acceptance</source>
            <translation>Gelockerte Annahme</translation>
        </message>
        <message>
            <source>Typical acceptance</source>
            <translation>Typische Annahme</translation>
        </message>
        <message>
            <source>Drafting with {0}</source>
            <translation>Entwerfen mit {0}</translation>
        </message>
        <message>
            <source>Automatic drafting</source>
            <translation>Automatischer Entwurf</translation>
        </message>
        <message>
            <source>{name}: too early to say whether it pays here ({n} of at least {fewest} segments).</source>
            <translation>{name}: noch zu früh, um zu sagen, ob es sich hier lohnt ({n} von mindestens {fewest} Abschnitten).</translation>
        </message>
        <message>
            <source>{name}: too early to say whether it pays here ({n} of at least {fewest} segments, {decode} so far).</source>
            <translation>{name}: noch zu früh, um zu sagen, ob es sich hier lohnt ({n} von mindestens {fewest} Abschnitten, bisher {decode}).</translation>
        </message>
        <message>
            <source>{name} decodes faster here, {decode}, but answers no sooner: {total} in total latency.</source>
            <translation>{name} dekodiert hier schneller, {decode}, antwortet aber nicht früher: {total} in der Gesamtlatenz.</translation>
        </message>
        <message>
            <source>{name} pays here: {decode} in decoding, {total} in total latency.</source>
            <translation>{name} lohnt sich hier: {decode} beim Dekodieren, {total} in der Gesamtlatenz.</translation>
        </message>
        <message>
            <source>{name} does not pay here: {decode} in decoding, {total} in total latency.</source>
            <translation>{name} lohnt sich hier nicht: {decode} beim Dekodieren, {total} in der Gesamtlatenz.</translation>
        </message>
        <message>
            <source>{name} makes no difference here, within {same}: {decode} in decoding, {total} in total latency.</source>
            <translation>{name} macht hier keinen Unterschied von mehr als {same}: {decode} beim Dekodieren, {total} in der Gesamtlatenz.</translation>
        </message>
        <message>
            <source>{name} decodes faster here, {decode}; whether it answers sooner is not known yet: {total}.</source>
            <translation>{name} dekodiert hier schneller, {decode}; ob die Antwort früher da ist, ist noch nicht bekannt: {total}.</translation>
        </message>
        <message>
            <source>{name} decodes slower here, {decode}; whether it answers later is not known yet: {total}.</source>
            <translation>{name} dekodiert hier langsamer, {decode}; ob die Antwort später da ist, ist noch nicht bekannt: {total}.</translation>
        </message>
        <message>
            <source>{name}: not known yet whether it pays here. So far {decode} in decoding, {total} in total latency.</source>
            <translation>{name}: noch nicht bekannt, ob es sich hier lohnt. Bisher {decode} beim Dekodieren, {total} in der Gesamtlatenz.</translation>
        </message>
        <message>
            <source>{name}: {decode} in decoding, {total} in total latency.</source>
            <translation>{name}: {decode} beim Dekodieren, {total} in der Gesamtlatenz.</translation>
        </message>
        <message>
            <source>The texts are the same, token for token, as far as each goes.</source>
            <translation>Die Texte sind Token für Token gleich, so weit jeder reicht.</translation>
        </message>
        <message>
            <source>The texts differ.</source>
            <translation>Die Texte unterscheiden sich.</translation>
        </message>
        <message>
            <source>The texts may rightly differ: above temperature 0 each is drawn anew, and {0} changes the output.</source>
            <translation>Die Texte dürfen sich unterscheiden: über Temperatur 0 wird jeder neu gezogen, und {0} ändert die Ausgabe.</translation>
        </message>
        <message>
            <source>The texts may rightly differ: above temperature 0 each is drawn anew, from the same distribution.</source>
            <translation>Die Texte dürfen sich unterscheiden: über Temperatur 0 wird jeder neu gezogen, aus derselben Verteilung.</translation>
        </message>
        <message>
            <source>The texts part at token {n}: {one} or {other}.</source>
            <translation>Die Texte trennen sich bei Token {n}: {one} oder {other}.</translation>
        </message>
        <message>
            <source>The target's two likeliest tokens are {margin} logits apart there ({chances}): rounding decides.</source>
            <translation>Die zwei wahrscheinlichsten Token des Zielmodells liegen dort {margin} Logits auseinander ({chances}): die Rundung entscheidet.</translation>
        </message>
        <message>
            <source>The target's two likeliest tokens are {margin} logits apart there ({chances}), more than rounding explains.</source>
            <translation>Die zwei wahrscheinlichsten Token des Zielmodells liegen dort {margin} Logits auseinander ({chances}), mehr als Rundung erklärt.</translation>
        </message>
        <message>
            <source>the end</source>
            <translation>das Ende</translation>
        </message>
    </context>
    <context>
        <name>SideCard</name>
        <message>
            <source>tokens/s</source>
            <translation>Token/s</translation>
        </message>
        <message>
            <source>Total latency</source>
            <translation>Gesamtlatenz</translation>
        </message>
        <message>
            <source>Acceptance · τ</source>
            <translation>Annahme · τ</translation>
        </message>
        <message>
            <source>Gaps p50 · p95</source>
            <translation>Abstände p50 · p95</translation>
        </message>
        <message>
            <source>Text: {0}</source>
            <translation>Text: {0}</translation>
        </message>
        <message>
            <source>Decode tokens/s, from the first to the last emission of each segment; what it takes to turn from one side to another is left out.</source>
            <translation>Dekodierte Token/s, von der ersten bis zur letzten Ausgabe jedes Abschnitts; der Wechsel von einer Seite zur anderen zählt nicht mit.</translation>
        </message>
        <message>
            <source>How many times as fast as without drafting: the geometric mean over pairs of segments, and its 95 % interval, which holds however often one looks.</source>
            <translation>Wievielmal so schnell wie ohne Entwurf: das geometrische Mittel über Paare von Abschnitten und sein 95-%-Intervall, das gilt, wie oft man auch hinsieht.</translation>
        </message>
        <message>
            <source>The same for the whole time from the request to the last token, the reading of the prompt included.</source>
            <translation>Dasselbe für die ganze Zeit von der Anfrage bis zum letzten Token, das Lesen der Frage eingeschlossen.</translation>
        </message>
        <message>
            <source>Speed-up in decoding</source>
            <translation>Beschleunigung beim Dekodieren</translation>
        </message>
        <message>
            <source>Speed-up in total latency</source>
            <translation>Beschleunigung in der Gesamtlatenz</translation>
        </message>
        <message>
            <source>From the request to the last token of the last pass, by this side's own clock.</source>
            <translation>Von der Anfrage bis zum letzten Token des letzten Durchgangs, nach der eigenen Uhr dieser Seite.</translation>
        </message>
        <message>
            <source>Acceptance rate: accepted / drafted tokens. τ: 1 + accepted / steps, the mean tokens a verify pass yields.</source>
            <translation>Annahmerate: angenommene / entworfene Token. τ: 1 + angenommene / Schritte, die mittlere Zahl von Token je Prüfung.</translation>
        </message>
        <message>
            <source>Inter-chunk latency: half, and 95 %, of the gaps between two emissions are shorter.</source>
            <translation>Latenz zwischen Ausgaben: die Hälfte, und 95 %, der Abstände sind kürzer.</translation>
        </message>
        <message>
            <source>the level to compare with</source>
            <translation>das Niveau zum Vergleich</translation>
        </message>
        <message>
            <source>{0} in decoding</source>
            <translation>{0} beim Dekodieren</translation>
        </message>
        <message>
            <source>{0} in total</source>
            <translation>{0} insgesamt</translation>
        </message>
    </context>
    <context>
        <name>Sidebar</name>
        <message>
            <source>Conversations</source>
            <translation>Gespräche</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Neu</translation>
        </message>
        <message>
            <source>New conversation (Ctrl+N)</source>
            <translation>Neues Gespräch (Strg+N)</translation>
        </message>
        <message>
            <source>What you talk about will be listed here.</source>
            <translation>Hier wird stehen, worüber ihr sprecht.</translation>
        </message>
    </context>
    <context>
        <name>Start</name>
        <message>
            <source>Slipstream cannot make its folder {0}: {1}</source>
            <translation>Slipstream kann seinen Ordner {0} nicht anlegen: {1}</translation>
        </message>
        <message>
            <source>Make the folder usable, or name another one in the variable {0}.</source>
            <translation>Mach den Ordner benutzbar, oder nenne einen anderen in der Variablen {0}.</translation>
        </message>
        <message>
            <source>Slipstream cannot start: {0}</source>
            <translation>Slipstream kann nicht starten: {0}</translation>
        </message>
        <message>
            <source>Free some space and memory, then try again.</source>
            <translation>Speicherplatz und Arbeitsspeicher freigeben, dann erneut versuchen.</translation>
        </message>
    </context>
    <context>
        <name>StatePanel</name>
        <message>
            <source>On its way</source>
            <translation>Unterwegs</translation>
        </message>
    </context>
    <context>
        <name>Status</name>
        <message>
            <source>on the CPU, {0} layers</source>
            <translation>auf der CPU, {0} Schichten</translation>
        </message>
        <message>
            <source>on {0}, all {1} layers</source>
            <translation>auf {0}, alle {1} Schichten</translation>
        </message>
        <message>
            <source>the output on {0}, all {1} layers on the CPU</source>
            <translation>die Ausgabe auf {0}, alle {1} Schichten auf der CPU</translation>
        </message>
        <message>
            <source>{0} of {1} layers on {2}, the rest on the CPU</source>
            <translation>{0} von {1} Schichten auf {2}, der Rest auf der CPU</translation>
        </message>
        <message>
            <source>Ways to draft are being compared; the chat waits until that is over.</source>
            <translation>Entwurfsarten werden verglichen; das Gespräch wartet, bis das vorbei ist.</translation>
        </message>
        <message>
            <source>A benchmark is running; the chat waits until it is over.</source>
            <translation>Eine Messreihe läuft; das Gespräch wartet, bis sie vorbei ist.</translation>
        </message>
        <message>
            <source>The engine is stopped; nothing is loaded.</source>
            <translation>Die Engine steht; nichts ist geladen.</translation>
        </message>
        <message>
            <source>No model is loaded.</source>
            <translation>Es ist kein Modell geladen.</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0} ({1})</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}.</translation>
        </message>
        <message>
            <source>{0}, with the draft {1}.</source>
            <translation>{0}, mit dem Entwurf {1}.</translation>
        </message>
        <message>
            <source>{0}; the draft {1} is loaded and not used.</source>
            <translation>{0}; der Entwurf {1} ist geladen und wird nicht benutzt.</translation>
        </message>
        <message>
            <source>Measuring what this pair costs…</source>
            <translation>Misst, was dieses Paar kostet…</translation>
        </message>
        <message>
            <source>Loading the model…</source>
            <translation>Lädt das Modell…</translation>
        </message>
        <message>
            <source>Waiting for the RPC servers…</source>
            <translation>Warten auf die RPC-Server…</translation>
        </message>
        <message>
            <source>Loading the draft… {0} %</source>
            <translation>Lädt den Entwurf… {0} %</translation>
        </message>
        <message>
            <source>Measuring what this pair costs… {0} %</source>
            <translation>Misst, was dieses Paar kostet… {0} %</translation>
        </message>
        <message>
            <source>Loading the model… {0} %</source>
            <translation>Lädt das Modell… {0} %</translation>
        </message>
        <message>
            <source>Drafting is off: the switch is off.</source>
            <translation>Vorausschreiben ist aus: der Schalter ist aus.</translation>
        </message>
        <message>
            <source>Drafting is off: {0}</source>
            <translation>Vorausschreiben ist aus: {0}</translation>
        </message>
        <message>
            <source>Drafting is off: no draft is chosen.</source>
            <translation>Vorausschreiben ist aus: es ist kein Entwurf gewählt.</translation>
        </message>
        <message>
            <source>Drafting stopped: {0} The next answer tries again.</source>
            <translation>Vorausschreiben angehalten: {0} Die nächste Antwort versucht es wieder.</translation>
        </message>
        <message>
            <source>automatic length</source>
            <translation>automatische Länge</translation>
        </message>
        <message>
            <source>up to {0} tokens</source>
            <translation>bis zu {0} Token</translation>
        </message>
        <message>
            <source>Drafting is on: n-gram lookup, {0}.</source>
            <translation>Vorausschreiben ist an: N-Gramm-Suche, {0}.</translation>
        </message>
        <message>
            <source>Drafting is on: the draft model, {0}.</source>
            <translation>Vorausschreiben ist an: das Entwurfsmodell, {0}.</translation>
        </message>
        <message>
            <source>Drafting: about {0}× as fast here.</source>
            <translation>Vorausschreiben: hier etwa {0}× so schnell.</translation>
        </message>
        <message>
            <source>Drafting: about as fast as without it here.</source>
            <translation>Vorausschreiben: hier etwa so schnell wie ohne.</translation>
        </message>
        <message>
            <source>Trying again whether drafting pays.</source>
            <translation>Versucht wieder, ob sich Vorausschreiben lohnt.</translation>
        </message>
        <message>
            <source>Drafting is paused: it costs about {0} % here: needs τ {1}, gets {2}.</source>
            <translation>Vorausschreiben pausiert: es kostet hier etwa {0} %: braucht τ {1}, erreicht {2}.</translation>
        </message>
        <message>
            <source>Drafting is paused: it gains nothing here: needs τ {0}, gets {1}.</source>
            <translation>Vorausschreiben pausiert: es bringt hier nichts: braucht τ {0}, erreicht {1}.</translation>
        </message>
        <message>
            <source>Drafting is paused: a step that drafts {0} takes {1} plain steps here, too much even for good drafts.</source>
            <translation>Vorausschreiben pausiert: ein Schritt mit {0} Token dauert hier so lange wie {1} einfache, zu viel selbst für gute Entwürfe.</translation>
        </message>
        <message>
            <source>Relaxed acceptance changes the output while thinking.</source>
            <translation>Gelockerte Annahme ändert die Ausgabe beim Nachdenken.</translation>
        </message>
        <message>
            <source>Typical acceptance changes the output.</source>
            <translation>Typische Annahme ändert die Ausgabe.</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Loading progress</source>
            <translation>Ladefortschritt</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>StepTimeline</name>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
        <message>
            <source>Each block is a step, as wide as the time it took: drafting, verifying, sampling and the rest. The cells under it are its tokens: drafted and kept, drafted and refused, and the model's own.</source>
            <translation>Jeder Block ist ein Schritt, so breit wie seine Zeit: vorausschreiben, prüfen, ziehen und der Rest. Die Zellen darunter sind seine Token: behalten, verworfen, und das des Modells selbst.</translation>
        </message>
        <message>
            <source>{time} across</source>
            <translation>{time} breit</translation>
        </message>
        <message>
            <source>Nothing written yet</source>
            <translation>Noch nichts geschrieben</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>verify</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>sample</source>
            <translation>Ziehen</translation>
        </message>
        <message>
            <source>other</source>
            <translation>Rest</translation>
        </message>
        <message>
            <source>kept</source>
            <translation>behalten</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>verworfen</translation>
        </message>
        <message>
            <source>own</source>
            <translation>eigenes</translation>
        </message>
        <message>
            <source>Step {n}: {ms}, nothing drafted</source>
            <translation>Schritt {n}: {ms}, nichts vorausgeschrieben</translation>
        </message>
        <message>
            <source>Step {n}: {ms}, {accepted} of {drafted} kept</source>
            <translation>Schritt {n}: {ms}, {accepted} von {drafted} behalten</translation>
        </message>
    </context>
    <context>
        <name>StoreThread</name>
        <message>
            <source>This could not be kept because of a fault in Slipstream.</source>
            <translation>Das konnte wegen eines Fehlers in Slipstream nicht gespeichert werden.</translation>
        </message>
        <message>
            <source>The log says what happened.</source>
            <translation>Im Protokoll steht, was geschehen ist.</translation>
        </message>
        <message>
            <source>What is written of this answer could not be kept yet</source>
            <translation>Was von dieser Antwort geschrieben ist, konnte noch nicht gespeichert werden</translation>
        </message>
        <message>
            <source>It is tried again every few seconds; then the answer can go on</source>
            <translation>Es wird alle paar Sekunden wieder versucht; dann kann die Antwort weitergehen</translation>
        </message>
    </context>
    <context>
        <name>TauPlot</name>
        <message>
            <source>τ, tokens/pass</source>
            <translation>τ, Token/Lauf</translation>
        </message>
        <message>
            <source>Acceptance length: 1 + accepted / steps, the mean tokens a verify pass yields; 1 is no gain. Dashed: the break-even τ, the mean time of a drafting step / the mean time of a plain step.</source>
            <translation>Annahmelänge: 1 + angenommen / Schritte, die mittlere Zahl der Token je Prüflauf; 1 ist kein Gewinn. Gestrichelt: die Gewinnschwelle, mittlere Zeit eines Schritts mit Entwurf / mittlere Zeit eines einfachen Schritts.</translation>
        </message>
        <message>
            <source>recent</source>
            <translation>zuletzt</translation>
        </message>
        <message>
            <source>Exponentially weighted, with a half-life of 16 steps.</source>
            <translation>Exponentiell gewichtet, mit einer Halbwertszeit von 16 Schritten.</translation>
        </message>
        <message>
            <source>This answer so far: 1 + accepted / steps.</source>
            <translation>Diese Antwort bisher: 1 + angenommen / Schritte.</translation>
        </message>
        <message>
            <source>break-even {tau}</source>
            <translation>Schwelle {tau}</translation>
        </message>
    </context>
    <context>
        <name>ThinkControl</name>
        <message>
            <source>Answer now</source>
            <translation>Jetzt antworten</translation>
        </message>
        <message>
            <source>Stop thinking and answer</source>
            <translation>Nachdenken beenden und antworten</translation>
        </message>
        <message>
            <source>Hide the thinking</source>
            <translation>Nachdenken verbergen</translation>
        </message>
        <message>
            <source>Show the thinking</source>
            <translation>Nachdenken zeigen</translation>
        </message>
    </context>
    <context>
        <name>TokenCard</name>
        <message>
            <source>{label} {token}: draft {draft}, model {model}</source>
            <translation>{label} {token}: Entwurf {draft}, Modell {model}</translation>
        </message>
        <message>
            <source>Drafted, and kept</source>
            <translation>Entworfen und behalten</translation>
        </message>
        <message>
            <source>The draft was wrong here: the model's own</source>
            <translation>Der Entwurf lag hier falsch: vom Modell selbst</translation>
        </message>
        <message>
            <source>The model's own, after a draft that was kept whole</source>
            <translation>Vom Modell selbst, nach einem ganz behaltenen Entwurf</translation>
        </message>
        <message>
            <source>Written without a draft</source>
            <translation>Ohne Entwurf geschrieben</translation>
        </message>
        <message>
            <source>proposed</source>
            <translation>vorgeschlagen</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>abgelehnt</translation>
        </message>
        <message>
            <source>taken</source>
            <translation>genommen</translation>
        </message>
        <message>
            <source>token {id}</source>
            <translation>Token {id}</translation>
        </message>
        <message>
            <source>Probabilities are recorded of proposals only.</source>
            <translation>Nur von Vorschlägen sind Wahrscheinlichkeiten verzeichnet.</translation>
        </message>
        <message>
            <source>Dropped behind it: {tokens}</source>
            <translation>Dahinter verworfen: {tokens}</translation>
        </message>
        <message>
            <source>Place {n} of {count}, drafted by {drafter}</source>
            <translation>Platz {n} von {count}, entworfen durch {drafter}</translation>
        </message>
        <message>
            <source>After a draft of {count} by {drafter}</source>
            <translation>Nach einem Entwurf von {count} durch {drafter}</translation>
        </message>
        <message>
            <source>Step {n}: {total} ms = {draft} draft + {verify} verify + {sample} sample + {other} other</source>
            <translation>Schritt {n}: {total} ms = {draft} Entwurf + {verify} Prüfung + {sample} Auswahl + {other} übrige</translation>
        </message>
        <message>
            <source>the draft model</source>
            <translation>das Entwurfsmodell</translation>
        </message>
        <message>
            <source>a lookup</source>
            <translation>eine Suche</translation>
        </message>
        <message>
            <source>draft</source>
            <translation>Entwurf</translation>
        </message>
        <message>
            <source>model</source>
            <translation>Modell</translation>
        </message>
    </context>
    <context>
        <name>TokenInspector</name>
        <message>
            <source>Show its step in the live figures</source>
            <translation>Seinen Schritt in den Live-Werten zeigen</translation>
        </message>
        <message>
            <source>What is recorded could not be read.</source>
            <translation>Was verzeichnet ist, ließ sich nicht lesen.</translation>
        </message>
        <message>
            <source>Nothing is recorded of this token.</source>
            <translation>Von diesem Token ist nichts verzeichnet.</translation>
        </message>
        <message>
            <source>Looking it up…</source>
            <translation>Wird nachgesehen…</translation>
        </message>
    </context>
    <context>
        <name>TokenLinks</name>
        <message>
            <source>This answer is in another conversation</source>
            <translation>Diese Antwort steht in einem anderen Gespräch</translation>
        </message>
    </context>
    <context>
        <name>TokenRow</name>
        <message>
            <source>Token</source>
            <translation>Token</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Prüfen</translation>
        </message>
        <message>
            <source>Forget</source>
            <translation>Vergessen</translation>
        </message>
        <message>
            <source>Looking for a token…</source>
            <translation>Token wird gesucht…</translation>
        </message>
        <message>
            <source>Asking the hub…</source>
            <translation>Der Hub wird gefragt…</translation>
        </message>
        <message>
            <source>hf_…</source>
            <translation>hf_…</translation>
        </message>
        <message>
            <source>Another token takes its place</source>
            <translation>Ein anderes Token ersetzt es</translation>
        </message>
        <message>
            <source>The hub takes it: it is the token of {0}.</source>
            <translation>Der Hub nimmt es an: Es ist das Token von {0}.</translation>
        </message>
        <message>
            <source>The variable HF_TOKEN holds a token; it goes before any other.</source>
            <translation>Die Variable HF_TOKEN enthält ein Token; es geht jedem anderen vor.</translation>
        </message>
        <message>
            <source>A token is kept in the system's keyring ({0}).</source>
            <translation>Ein Token liegt im Schlüsselbund des Systems ({0}).</translation>
        </message>
        <message>
            <source>A token is kept in the hub library's own file, which other programs use too: {0}</source>
            <translation>Ein Token liegt in der Datei der Hub-Bibliothek, die auch andere Programme benutzen: {0}</translation>
        </message>
        <message>
            <source>No token yet. It will be kept in the system's keyring ({0}).</source>
            <translation>Noch kein Token. Es wird im Schlüsselbund des Systems aufbewahrt ({0}).</translation>
        </message>
        <message>
            <source>No token yet. No keyring works here, so it will be kept in the hub library's own file, readable by you alone: {0}</source>
            <translation>Noch kein Token. Hier arbeitet kein Schlüsselbund, also kommt es in die Datei der Hub-Bibliothek, lesbar nur für dieses Benutzerkonto: {0}</translation>
        </message>
    </context>
    <context>
        <name>Told</name>
        <message>
            <source>There is no file {0}</source>
            <translation>Es gibt keine Datei {0}</translation>
        </message>
        <message>
            <source>Loading was cancelled</source>
            <translation>Das Laden wurde abgebrochen</translation>
        </message>
        <message>
            <source>Measuring was cancelled</source>
            <translation>Das Messen wurde abgebrochen</translation>
        </message>
        <message>
            <source>llama.cpp cannot load {0}: {1}</source>
            <translation>llama.cpp kann {0} nicht laden: {1}</translation>
        </message>
        <message>
            <source>There is not enough memory: offload fewer layers, or take a smaller model or context</source>
            <translation>Der Speicher reicht nicht: lagere weniger Schichten aus, oder nimm ein kleineres Modell oder einen kleineren Kontext</translation>
        </message>
        <message>
            <source>About {0} tokens of context would fit</source>
            <translation>Etwa {0} Token Kontext fänden Platz</translation>
        </message>
        <message>
            <source>Without the draft, about {0} tokens of context would fit</source>
            <translation>Ohne den Entwurf fänden etwa {0} Token Kontext Platz</translation>
        </message>
        <message>
            <source>A short context may have no room either: take a smaller model, or one of fewer bits</source>
            <translation>Auch für einen kurzen Kontext reicht der Platz womöglich nicht: ein kleineres Modell nehmen oder eines mit weniger Bits</translation>
        </message>
        <message>
            <source>This version of llama.cpp does not know the architecture</source>
            <translation>Diese Version von llama.cpp kennt die Architektur nicht</translation>
        </message>
        <message>
            <source>The file may be damaged, or made for a newer llama.cpp</source>
            <translation>Die Datei ist vielleicht beschädigt oder für ein neueres llama.cpp gemacht</translation>
        </message>
        <message>
            <source>{0}: the tokenizer failed</source>
            <translation>{0}: der Tokenizer ist gescheitert</translation>
        </message>
        <message>
            <source>The file may be damaged</source>
            <translation>Die Datei ist vielleicht beschädigt</translation>
        </message>
        <message>
            <source>no token is possible: every logit is -inf</source>
            <translation>kein Token ist möglich: jedes Logit ist -inf</translation>
        </message>
        <message>
            <source>the logits hold NaN: the model's computation went wrong</source>
            <translation>die Logits enthalten NaN: das Modell hat sich verrechnet</translation>
        </message>
        <message>
            <source>the logits hold infinity: the model's computation went wrong</source>
            <translation>die Logits enthalten Unendlich: das Modell hat sich verrechnet</translation>
        </message>
        <message>
            <source>No draft model is loaded</source>
            <translation>Es ist kein Entwurfsmodell geladen</translation>
        </message>
        <message>
            <source>Choose one, or draft by n-gram lookup</source>
            <translation>Wähle eines, oder nimm die N-Gramm-Suche</translation>
        </message>
        <message>
            <source>The engine gave no answer to a request ({0})</source>
            <translation>Die Engine hat auf eine Anfrage nicht geantwortet ({0})</translation>
        </message>
        <message>
            <source>Restart it</source>
            <translation>Starte sie neu</translation>
        </message>
        <message>
            <source>No model is loaded</source>
            <translation>Es ist kein Modell geladen</translation>
        </message>
        <message>
            <source>Choose a GGUF file</source>
            <translation>Wähle eine GGUF-Datei</translation>
        </message>
        <message>
            <source>The engine stopped: {0}</source>
            <translation>Die Engine ist stehen geblieben: {0}</translation>
        </message>
        <message>
            <source>it stopped answering</source>
            <translation>sie antwortet nicht mehr</translation>
        </message>
        <message>
            <source>ended by {0}</source>
            <translation>beendet durch {0}</translation>
        </message>
        <message>
            <source>no exit code</source>
            <translation>kein Rückgabewert</translation>
        </message>
        <message>
            <source>exit code {0}</source>
            <translation>Rückgabewert {0}</translation>
        </message>
        <message>
            <source>It is started again for the next answer; what was written so far is kept</source>
            <translation>Für die nächste Antwort wird sie neu gestartet; was bisher geschrieben ist, bleibt erhalten</translation>
        </message>
        <message>
            <source>There is no home folder to keep anything in</source>
            <translation>Es gibt keinen persönlichen Ordner, in dem etwas abgelegt werden könnte</translation>
        </message>
        <message>
            <source>Name a folder in the variable {0}</source>
            <translation>Einen Ordner in der Variablen {0} angeben</translation>
        </message>
        <message>
            <source>{0} is {1}, and there is no such home folder</source>
            <translation>{0} ist {1}, und einen solchen persönlichen Ordner gibt es nicht</translation>
        </message>
        <message>
            <source>Write the folder's whole path</source>
            <translation>Den ganzen Pfad des Ordners angeben</translation>
        </message>
        <message>
            <source>The engine's process cannot be started: {0}</source>
            <translation>Der Prozess der Engine lässt sich nicht starten: {0}</translation>
        </message>
        <message>
            <source>The model went away while it was loaded: {0}</source>
            <translation>Das Modell verschwand, während es geladen wurde: {0}</translation>
        </message>
        <message>
            <source>Check that the disk with the model is there, and choose the file again</source>
            <translation>Prüfen, ob der Datenträger mit dem Modell da ist, und die Datei erneut wählen</translation>
        </message>
        <message>
            <source>ended by SIGKILL, as the system does where memory runs out</source>
            <translation>durch SIGKILL beendet, wie es das System bei zu wenig Arbeitsspeicher tut</translation>
        </message>
        <message>
            <source>The draft length must be between 0 and {0}</source>
            <translation>Die Entwurfslänge muss zwischen 0 und {0} liegen</translation>
        </message>
        <message>
            <source>At least one token must be asked for</source>
            <translation>Mindestens ein Token muss verlangt werden</translation>
        </message>
        <message>
            <source>The prompt is empty</source>
            <translation>Die Eingabe ist leer</translation>
        </message>
        <message>
            <source>Write something first</source>
            <translation>Schreibe zuerst etwas</translation>
        </message>
        <message>
            <source>The model's chat template made an empty prompt of this</source>
            <translation>Die Chatvorlage des Modells hat daraus eine leere Eingabe gemacht</translation>
        </message>
        <message>
            <source>Take another model</source>
            <translation>Nimm ein anderes Modell</translation>
        </message>
        <message>
            <source>The prompt has {0} tokens, the context holds {1}</source>
            <translation>Die Eingabe hat {0} Token, der Kontext fasst {1}</translation>
        </message>
        <message>
            <source>Shorten it, leave out earlier turns, or load the model with a larger context</source>
            <translation>Kürze sie, lass frühere Nachrichten weg, oder lade das Modell mit einem größeren Kontext</translation>
        </message>
        <message>
            <source>The conversation and this answer have {0} tokens, the context holds {1}</source>
            <translation>Das Gespräch und diese Antwort haben {0} Token, der Kontext fasst {1}</translation>
        </message>
        <message>
            <source>Leave out earlier turns, or load the model with a larger context</source>
            <translation>Lass frühere Nachrichten weg, oder lade das Modell mit einem größeren Kontext</translation>
        </message>
        <message>
            <source>{0}: llama.cpp cannot make a context of {1} tokens with these settings</source>
            <translation>{0}: llama.cpp kann mit diesen Einstellungen keinen Kontext von {1} Token anlegen</translation>
        </message>
        <message>
            <source>Take a smaller context, offload fewer layers, or leave flash attention and cache types alone</source>
            <translation>Nimm einen kleineren Kontext, lagere weniger Schichten aus, oder lass Flash-Attention und Cache-Typen, wie sie sind</translation>
        </message>
        <message>
            <source>{0}: llama_decode failed with status {1}</source>
            <translation>{0}: llama_decode ist mit Status {1} gescheitert</translation>
        </message>
        <message>
            <source>The model's chat template refused the conversation: {0}</source>
            <translation>Die Chatvorlage des Modells hat das Gespräch abgelehnt: {0}</translation>
        </message>
        <message>
            <source>Leave out the system prompt, or take another model</source>
            <translation>Lass den System-Prompt weg, oder nimm ein anderes Modell</translation>
        </message>
        <message>
            <source>The model's chat template cannot be used ({0}); a plain format is used</source>
            <translation>Die Chatvorlage des Modells ist nicht benutzbar ({0}); ein einfaches Format wird benutzt</translation>
        </message>
        <message>
            <source>there is none</source>
            <translation>es gibt keine</translation>
        </message>
        <message>
            <source>it leaves out what is said</source>
            <translation>sie lässt weg, was gesagt wird</translation>
        </message>
        <message>
            <source>it leaves out or changes what is said</source>
            <translation>sie lässt weg oder ändert, was gesagt wird</translation>
        </message>
        <message>
            <source>the template says: {0}</source>
            <translation>die Vorlage sagt: {0}</translation>
        </message>
        <message>
            <source>powers are not allowed</source>
            <translation>Potenzen sind nicht erlaubt</translation>
        </message>
        <message>
            <source>formatting text is not allowed</source>
            <translation>Text zu formatieren ist nicht erlaubt</translation>
        </message>
        <message>
            <source>the number is too large</source>
            <translation>die Zahl ist zu groß</translation>
        </message>
        <message>
            <source>it took longer than {0} s</source>
            <translation>es hat länger als {0} s gedauert</translation>
        </message>
        <message>
            <source>it needs too much ({0})</source>
            <translation>es braucht zu viel ({0})</translation>
        </message>
        <message>
            <source>it wrote more than {0} million characters</source>
            <translation>sie hat mehr als {0} Millionen Zeichen geschrieben</translation>
        </message>
        <message>
            <source>Drafting failed ({0}); going on without it</source>
            <translation>Das Vorausschreiben ist gescheitert ({0}); es geht ohne weiter</translation>
        </message>
        <message>
            <source>{0} has a recurrent state, from which drafted tokens cannot be taken back</source>
            <translation>{0} hat einen rekurrenten Zustand, aus dem sich vorausgeschriebene Token nicht zurücknehmen lassen</translation>
        </message>
        <message>
            <source>{0} has another vocabulary: {1}</source>
            <translation>{0} hat ein anderes Vokabular: {1}</translation>
        </message>
        <message>
            <source>tokenizer type differs: target {0}, draft {1}</source>
            <translation>die Art des Tokenizers ist verschieden: Modell {0}, Entwurf {1}</translation>
        </message>
        <message>
            <source>beginning-of-text token differs: target {0}, draft {1}</source>
            <translation>das Token am Textanfang ist verschieden: Modell {0}, Entwurf {1}</translation>
        </message>
        <message>
            <source>end-of-text token differs: target {0}, draft {1}</source>
            <translation>das Token am Textende ist verschieden: Modell {0}, Entwurf {1}</translation>
        </message>
        <message>
            <source>vocabulary sizes differ by more than {0}: {1} and {2}</source>
            <translation>die Größen der Vokabulare unterscheiden sich um mehr als {0}: {1} und {2}</translation>
        </message>
        <message>
            <source>1 token differs; the first is id {0}: target {1}, draft {2}</source>
            <translation>1 Token ist verschieden; das erste hat die Nummer {0}: Modell {1}, Entwurf {2}</translation>
        </message>
        <message>
            <source>{0} tokens differ; the first is id {1}: target {2}, draft {3}</source>
            <translation>{0} Token sind verschieden; das erste hat die Nummer {1}: Modell {2}, Entwurf {3}</translation>
        </message>
        <message>
            <source>{0}: no tokenizer in the file</source>
            <translation>{0}: kein Tokenizer in der Datei</translation>
        </message>
        <message>
            <source>{0}: no vocabulary in the file</source>
            <translation>{0}: kein Vokabular in der Datei</translation>
        </message>
        <message>
            <source>{0}: part {1} of {2} of a split model</source>
            <translation>{0}: Teil {1} von {2} eines geteilten Modells</translation>
        </message>
        <message>
            <source>{0}: part {1} of {2} of a split model, but not named so</source>
            <translation>{0}: Teil {1} von {2} eines geteilten Modells, aber nicht so benannt</translation>
        </message>
        <message>
            <source>Its name must end in {0}</source>
            <translation>Ihr Name muss auf {0} enden</translation>
        </message>
        <message>
            <source>Choose the first part: {0}</source>
            <translation>Wähle den ersten Teil: {0}</translation>
        </message>
        <message>
            <source>{0}: not part {1} of this model</source>
            <translation>{0}: nicht Teil {1} dieses Modells</translation>
        </message>
        <message>
            <source>{0}: tensor {1} is in another part, too</source>
            <translation>{0}: der Tensor {1} steht auch in einem anderen Teil</translation>
        </message>
        <message>
            <source>{0}: {1} tensors are announced, its parts have {2}</source>
            <translation>{0}: {1} Tensoren sind angekündigt, die Teile haben {2}</translation>
        </message>
        <message>
            <source>part {0} of {1} is missing: {2}</source>
            <translation>Teil {0} von {1} fehlt: {2}</translation>
        </message>
        <message>
            <source>parts {0} of {1} are missing, the first is {2}</source>
            <translation>die Teile {0} von {1} fehlen, der erste ist {2}</translation>
        </message>
        <message>
            <source>Put all parts into the same folder</source>
            <translation>Lege alle Teile in denselben Ordner</translation>
        </message>
        <message>
            <source>{0}: no such file</source>
            <translation>{0}: keine solche Datei</translation>
        </message>
        <message>
            <source>Check the path, or choose the file again</source>
            <translation>Prüfe den Pfad, oder wähle die Datei noch einmal</translation>
        </message>
        <message>
            <source>{0}: not a regular file</source>
            <translation>{0}: keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>{0}: a folder, not a model file</source>
            <translation>{0}: ein Ordner, keine Modelldatei</translation>
        </message>
        <message>
            <source>{0}: may not be read</source>
            <translation>{0}: darf nicht gelesen werden</translation>
        </message>
        <message>
            <source>Check who may read the file</source>
            <translation>Prüfe, wer die Datei lesen darf</translation>
        </message>
        <message>
            <source>{0}: cannot be opened: {1}</source>
            <translation>{0}: lässt sich nicht öffnen: {1}</translation>
        </message>
        <message>
            <source>{0}: cannot be read: {1}</source>
            <translation>{0}: lässt sich nicht lesen: {1}</translation>
        </message>
        <message>
            <source>Choose a .gguf file</source>
            <translation>Wähle eine .gguf-Datei</translation>
        </message>
        <message>
            <source>Download it again</source>
            <translation>Lade sie noch einmal herunter</translation>
        </message>
        <message>
            <source>{0}: truncated: {1} of {2} bytes</source>
            <translation>{0}: abgeschnitten: {1} von {2} Byte</translation>
        </message>
        <message>
            <source>{0}: truncated: {1} bytes, the end of its header is missing</source>
            <translation>{0}: abgeschnitten: {1} Byte, das Ende ihres Kopfes fehlt</translation>
        </message>
        <message>
            <source>{0}: empty, not a GGUF file: 0 bytes</source>
            <translation>{0}: leer, keine GGUF-Datei: 0 Byte</translation>
        </message>
        <message>
            <source>{0}: not a GGUF file: {1}</source>
            <translation>{0}: keine GGUF-Datei: {1}</translation>
        </message>
        <message>
            <source>it is a ZIP or PyTorch archive</source>
            <translation>es ist ein ZIP- oder PyTorch-Archiv</translation>
        </message>
        <message>
            <source>it is a GGML file of 2023, the format before GGUF</source>
            <translation>es ist eine GGML-Datei von 2023, das Format vor GGUF</translation>
        </message>
        <message>
            <source>it is compressed with gzip</source>
            <translation>sie ist mit gzip gepackt</translation>
        </message>
        <message>
            <source>it is big-endian</source>
            <translation>sie ist big-endian</translation>
        </message>
        <message>
            <source>it is a web page</source>
            <translation>es ist eine Webseite</translation>
        </message>
        <message>
            <source>The download link led to a page; use the link of the file itself</source>
            <translation>Der Link führte zu einer Seite; nimm den Link der Datei selbst</translation>
        </message>
        <message>
            <source>it is a Git LFS pointer, the model itself was not fetched</source>
            <translation>es ist ein Git-LFS-Verweis, das Modell selbst wurde nicht geholt</translation>
        </message>
        <message>
            <source>Run git lfs pull, or download it</source>
            <translation>Führe git lfs pull aus, oder lade sie herunter</translation>
        </message>
        <message>
            <source>it is a safetensors file</source>
            <translation>es ist eine safetensors-Datei</translation>
        </message>
        <message>
            <source>it is JSON, perhaps a server's error message</source>
            <translation>es ist JSON, vielleicht die Fehlermeldung eines Servers</translation>
        </message>
        <message>
            <source>it begins with {0} instead of b'GGUF'</source>
            <translation>sie beginnt mit {0} statt mit b'GGUF'</translation>
        </message>
        <message>
            <source>Look for a GGUF copy of the model</source>
            <translation>Suche eine GGUF-Fassung des Modells</translation>
        </message>
        <message>
            <source>Look for a little-endian copy: nearly all are</source>
            <translation>Suche eine Little-Endian-Fassung: fast alle sind es</translation>
        </message>
        <message>
            <source>GGUF version 1 is no longer supported</source>
            <translation>GGUF-Version 1 wird nicht mehr unterstützt</translation>
        </message>
        <message>
            <source>Look for a newer conversion</source>
            <translation>Suche eine neuere Fassung</translation>
        </message>
        <message>
            <source>GGUF version {0} is not known; versions 2 and 3 are</source>
            <translation>GGUF-Version {0} ist nicht bekannt; die Versionen 2 und 3 sind es</translation>
        </message>
        <message>
            <source>A newer Slipstream may read it</source>
            <translation>Ein neueres Slipstream kann sie vielleicht lesen</translation>
        </message>
        <message>
            <source>{0}: its header takes longer than {1} s to read</source>
            <translation>{0}: ihren Kopf zu lesen dauert länger als {1} s</translation>
        </message>
        <message>
            <source>{0}: damaged GGUF file: {1}</source>
            <translation>{0}: beschädigte GGUF-Datei: {1}</translation>
        </message>
        <message>
            <source>its header is larger than {0} bytes</source>
            <translation>ihr Kopf ist größer als {0} Byte</translation>
        </message>
        <message>
            <source>{0}: cannot be loaded: {1}</source>
            <translation>{0}: kann nicht geladen werden: {1}</translation>
        </message>
        <message>
            <source>Look for another copy of the model</source>
            <translation>Suche eine andere Fassung des Modells</translation>
        </message>
        <message>
            <source>it has no tokenizer, so it cannot chat</source>
            <translation>es hat keinen Tokenizer und kann nicht chatten</translation>
        </message>
        <message>
            <source>{0}: {1}, not a chat model</source>
            <translation>{0}: {1}, kein Chat-Modell</translation>
        </message>
        <message>
            <source>an image or sound encoder</source>
            <translation>ein Kodierer für Bilder oder Töne</translation>
        </message>
        <message>
            <source>a sound decoder</source>
            <translation>ein Dekodierer für Töne</translation>
        </message>
        <message>
            <source>a speech model</source>
            <translation>ein Sprachausgabe-Modell</translation>
        </message>
        <message>
            <source>an encoder with a decoder</source>
            <translation>ein Kodierer mit Dekodierer</translation>
        </message>
        <message>
            <source>a drafting head that only goes with its own model</source>
            <translation>ein Entwurfskopf, der nur zu seinem eigenen Modell passt</translation>
        </message>
        <message>
            <source>a diffusion model</source>
            <translation>ein Diffusionsmodell</translation>
        </message>
        <message>
            <source>an embedding model</source>
            <translation>ein Embedding-Modell</translation>
        </message>
        <message>
            <source>an adapter (LoRA) for another model</source>
            <translation>ein Adapter (LoRA) für ein anderes Modell</translation>
        </message>
        <message>
            <source>statistics for quantizing</source>
            <translation>Statistik zum Quantisieren</translation>
        </message>
        <message>
            <source>{0}: no tensors: a vocabulary, not a model</source>
            <translation>{0}: keine Tensoren: ein Vokabular, kein Modell</translation>
        </message>
        <message>
            <source>Choose a model that writes text</source>
            <translation>Ein Modell wählen, das Text schreibt</translation>
        </message>
        <message>
            <source>the epsilon of its norm is {0}</source>
            <translation>das Epsilon seiner Norm ist {0}</translation>
        </message>
        <message>
            <source>its vocabulary has no token for {0} of the 256 bytes</source>
            <translation>für {0} der 256 Bytes hat sein Vokabular kein Token</translation>
        </message>
        <message>
            <source>Another Slipstream has these conversations open</source>
            <translation>Ein anderes Slipstream hat diese Gespräche offen</translation>
        </message>
        <message>
            <source>Use that window, or close it first</source>
            <translation>Nimm jenes Fenster, oder schließe es zuerst</translation>
        </message>
        <message>
            <source>The data folder {0} cannot be used: {1}</source>
            <translation>Der Datenordner {0} ist nicht benutzbar: {1}</translation>
        </message>
        <message>
            <source>Check that the folder exists and that you may write to it</source>
            <translation>Prüfe, ob es den Ordner gibt und ob du darin schreiben darfst</translation>
        </message>
        <message>
            <source>The data folder {0} cannot be locked: {1}</source>
            <translation>Der Datenordner {0} lässt sich nicht sperren: {1}</translation>
        </message>
        <message>
            <source>The data folder cannot be written: {0}</source>
            <translation>In den Datenordner kann nicht geschrieben werden: {0}</translation>
        </message>
        <message>
            <source>Free some space</source>
            <translation>Schaffe etwas Platz</translation>
        </message>
        <message>
            <source>The conversations in {0} cannot be read: {1}</source>
            <translation>Die Gespräche in {0} lassen sich nicht lesen: {1}</translation>
        </message>
        <message>
            <source>Check the file's permissions</source>
            <translation>Prüfe die Zugriffsrechte der Datei</translation>
        </message>
        <message>
            <source>The conversations were written by a later version of Slipstream; they are left as they are</source>
            <translation>Die Gespräche wurden von einer späteren Version von Slipstream geschrieben; sie bleiben, wie sie sind</translation>
        </message>
        <message>
            <source>Install the latest version, or move {0} away to start anew</source>
            <translation>Installiere die neueste Version, oder lege {0} beiseite, um neu anzufangen</translation>
        </message>
        <message>
            <source>The conversations are damaged and could not be restored: {0}</source>
            <translation>Die Gespräche sind beschädigt und ließen sich nicht wiederherstellen: {0}</translation>
        </message>
        <message>
            <source>Free some space, then retry</source>
            <translation>Schaffe etwas Platz, und versuche es dann noch einmal</translation>
        </message>
        <message>
            <source>The disk is too full for a copy of the conversations</source>
            <translation>Der Datenträger ist zu voll für eine Sicherung der Gespräche</translation>
        </message>
        <message>
            <source>The conversations are damaged: {0}</source>
            <translation>Die Gespräche sind beschädigt: {0}</translation>
        </message>
        <message>
            <source>Start Slipstream again</source>
            <translation>Starte Slipstream neu</translation>
        </message>
        <message>
            <source>The conversations could not be copied: {0}</source>
            <translation>Die Gespräche ließen sich nicht sichern: {0}</translation>
        </message>
        <message>
            <source>The conversations cannot be opened: {0}</source>
            <translation>Die Gespräche lassen sich nicht öffnen: {0}</translation>
        </message>
        <message>
            <source>The conversations are not open</source>
            <translation>Die Gespräche sind nicht offen</translation>
        </message>
        <message>
            <source>There is no run {0}</source>
            <translation>Es gibt keinen Lauf {0}</translation>
        </message>
        <message>
            <source>There is no conversation {0}</source>
            <translation>Es gibt kein Gespräch {0}</translation>
        </message>
        <message>
            <source>There is no message {0}</source>
            <translation>Es gibt keine Nachricht {0}</translation>
        </message>
        <message>
            <source>The conversations in {0} are damaged</source>
            <translation>Die Gespräche in {0} sind beschädigt</translation>
        </message>
        <message>
            <source>Start Slipstream again: it keeps the file and goes back to the last good copy</source>
            <translation>Starte Slipstream neu: es behält die Datei und geht auf die letzte gute Sicherung zurück</translation>
        </message>
        <message>
            <source>The disk is full</source>
            <translation>Der Datenträger ist voll</translation>
        </message>
        <message>
            <source>Free some space; nothing is lost while Slipstream stays open</source>
            <translation>Schaffe etwas Platz; nichts geht verloren, solange Slipstream offen bleibt</translation>
        </message>
        <message>
            <source>The disk could not be read or written</source>
            <translation>Der Datenträger ließ sich nicht lesen oder beschreiben</translation>
        </message>
        <message>
            <source>Check the disk and its free space</source>
            <translation>Prüfe den Datenträger und seinen freien Platz</translation>
        </message>
        <message>
            <source>The conversations cannot be written</source>
            <translation>Die Gespräche können nicht geschrieben werden</translation>
        </message>
        <message>
            <source>Check that you may write to {0}</source>
            <translation>Prüfe, ob du in {0} schreiben darfst</translation>
        </message>
        <message>
            <source>The conversations cannot be opened</source>
            <translation>Die Gespräche lassen sich nicht öffnen</translation>
        </message>
        <message>
            <source>Another program has the conversations open</source>
            <translation>Ein anderes Programm hat die Gespräche offen</translation>
        </message>
        <message>
            <source>Close it, then try again</source>
            <translation>Schließe es, und versuche es dann noch einmal</translation>
        </message>
        <message>
            <source>There is not enough memory</source>
            <translation>Der Speicher reicht nicht</translation>
        </message>
        <message>
            <source>Close other programs, then try again</source>
            <translation>Schließe andere Programme, und versuche es dann noch einmal</translation>
        </message>
        <message>
            <source>The text is too long to be kept</source>
            <translation>Der Text ist zu lang zum Speichern</translation>
        </message>
        <message>
            <source>Keep it below a gigabyte</source>
            <translation>Bleib unter einem Gigabyte</translation>
        </message>
        <message>
            <source>The conversations were damaged. The copy of {0} was restored.</source>
            <translation>Die Gespräche waren beschädigt. Die Sicherung von {0} wurde wiederhergestellt.</translation>
        </message>
        <message>
            <source>The conversations were damaged. The copy of {0} was restored. The damaged file is kept: {1}.</source>
            <translation>Die Gespräche waren beschädigt. Die Sicherung von {0} wurde wiederhergestellt. Die beschädigte Datei ist aufgehoben: {1}.</translation>
        </message>
        <message>
            <source>The conversations were damaged, and there is no copy to restore.</source>
            <translation>Die Gespräche waren beschädigt, und es gibt keine Sicherung.</translation>
        </message>
        <message>
            <source>The conversations were damaged, and there is no copy to restore. The damaged file is kept: {0}.</source>
            <translation>Die Gespräche waren beschädigt, und es gibt keine Sicherung. Die beschädigte Datei ist aufgehoben: {0}.</translation>
        </message>
        <message>
            <source>The settings could not be read and were reset</source>
            <translation>Die Einstellungen ließen sich nicht lesen und wurden zurückgesetzt</translation>
        </message>
        <message>
            <source>The settings could not be read and were reset; the old file is {0}</source>
            <translation>Die Einstellungen ließen sich nicht lesen und wurden zurückgesetzt; die alte Datei ist {0}</translation>
        </message>
        <message>
            <source>Settings out of range were reset: {0}</source>
            <translation>Unmögliche Einstellungen wurden zurückgesetzt: {0}</translation>
        </message>
        <message>
            <source>Your presets could not be read</source>
            <translation>Deine Vorlagen ließen sich nicht lesen</translation>
        </message>
        <message>
            <source>Your presets could not be read; the old file is {0}</source>
            <translation>Deine Vorlagen ließen sich nicht lesen; die alte Datei ist {0}</translation>
        </message>
        <message>
            <source>{0}: not yet</source>
            <translation>{0}: noch nicht</translation>
        </message>
        <message>
            <source>Choose another draft</source>
            <translation>Ein anderes Entwurfsmodell wählen</translation>
        </message>
        <message>
            <source>There is no comparison {0}</source>
            <translation>Einen Vergleich {0} gibt es nicht</translation>
        </message>
        <message>
            <source>This comparison was removed</source>
            <translation>Dieser Vergleich wurde entfernt</translation>
        </message>
        <message>
            <source>A comparison cannot be read: {0}</source>
            <translation>Ein Vergleich lässt sich nicht lesen: {0}</translation>
        </message>
        <message>
            <source>A later version of Slipstream may have written it</source>
            <translation>Vielleicht hat ihn eine spätere Version von Slipstream geschrieben</translation>
        </message>
        <message>
            <source>{0}, or load the model with a larger context</source>
            <translation>{0}, oder lade das Modell mit einem größeren Kontext</translation>
        </message>
        <message>
            <source>it is no JSON</source>
            <translation>sie ist kein JSON</translation>
        </message>
        <message>
            <source>it is no JSON object</source>
            <translation>sie ist kein JSON-Objekt</translation>
        </message>
        <message>
            <source>it has no “prompt”, or an empty one</source>
            <translation>sie hat keinen „prompt“, oder einen leeren</translation>
        </message>
        <message>
            <source>its id and kind must be text</source>
            <translation>ihre id und kind müssen Text sein</translation>
        </message>
        <message>
            <source>Wait for it, or end it</source>
            <translation>Warte sie ab, oder beende sie</translation>
        </message>
        <message>
            <source>its id and kind must be plain text of {0} characters at most</source>
            <translation>ihre id und kind müssen einfacher Text von höchstens {0} Zeichen sein</translation>
        </message>
        <message>
            <source>the id “{0}” was there before</source>
            <translation>die id „{0}“ gab es schon</translation>
        </message>
        <message>
            <source>Line {0} of {1} is no prompt: {2}</source>
            <translation>Zeile {0} von {1} ist kein Prompt: {2}</translation>
        </message>
        <message>
            <source>There is no prompt in {0}</source>
            <translation>In {0} ist kein Prompt</translation>
        </message>
        <message>
            <source>One JSON object a line is expected</source>
            <translation>Erwartet wird ein JSON-Objekt je Zeile</translation>
        </message>
        <message>
            <source>{0} has more than {1} kinds of text</source>
            <translation>{0} hat mehr als {1} Arten von Text</translation>
        </message>
        <message>
            <source>{0} is too large for a file of prompts: {1} MB at most</source>
            <translation>{0} ist zu groß für eine Datei mit Prompts: höchstens {1} MB</translation>
        </message>
        <message>
            <source>The prompts in {0} cannot be read: {1}</source>
            <translation>Die Prompts in {0} lassen sich nicht lesen: {1}</translation>
        </message>
        <message>
            <source>{0} is no UTF-8 text</source>
            <translation>{0} ist kein Text in UTF-8</translation>
        </message>
        <message>
            <source>{0} has more than {1} prompts</source>
            <translation>{0} hat mehr als {1} Prompts</translation>
        </message>
        <message>
            <source>The measurements cannot be kept in {0}: {1}</source>
            <translation>Die Messungen lassen sich nicht in {0} aufbewahren: {1}</translation>
        </message>
        <message>
            <source>This benchmark is already being measured</source>
            <translation>Dieser Benchmark wird schon gemessen</translation>
        </message>
        <message>
            <source>Several prompts could not be measured: {0}</source>
            <translation>Mehrere Prompts ließen sich nicht messen: {0}</translation>
        </message>
        <message>
            <source>{0}: llama.cpp cannot make a context of {1} tokens with these settings{2}</source>
            <translation>{0}: llama.cpp kann mit diesen Einstellungen keinen Kontext von {1} Token anlegen{2}</translation>
        </message>
        <message>
            <source>llama.cpp could not copy its cache</source>
            <translation>llama.cpp konnte seinen Cache nicht kopieren</translation>
        </message>
        <message>
            <source>llama.cpp could not put its cache back</source>
            <translation>llama.cpp konnte seinen Cache nicht zurückholen</translation>
        </message>
        <message>
            <source>There is no memory for a copy of {0} MB of the cache</source>
            <translation>Für eine Kopie des Caches von {0} MB fehlt Speicher</translation>
        </message>
        <message>
            <source>There is no device {0}</source>
            <translation>Ein Gerät {0} gibt es nicht</translation>
        </message>
        <message>
            <source>Choose among those that are there: {0}</source>
            <translation>Unter den vorhandenen wählen: {0}</translation>
        </message>
        <message>
            <source>{0} names {1}, which is no server</source>
            <translation>{0} nennt {1}, und das ist kein Server</translation>
        </message>
        <message>
            <source>Write it as host:port</source>
            <translation>Als Rechner:Port schreiben</translation>
        </message>
        <message>
            <source>This build of llama.cpp cannot use other machines, but {0} names {1}</source>
            <translation>Dieser Bau von llama.cpp kann keine anderen Rechner benutzen, aber {0} nennt {1}</translation>
        </message>
        <message>
            <source>Build it with -DGGML_RPC=ON, or unset {0}</source>
            <translation>Mit -DGGML_RPC=ON bauen, oder {0} aufheben</translation>
        </message>
        <message>
            <source>The RPC server {0} offers no device</source>
            <translation>Der RPC-Server {0} bietet kein Gerät an</translation>
        </message>
        <message>
            <source>Start it with one</source>
            <translation>Mit einem starten</translation>
        </message>
        <message>
            <source>Start it there, or take it out of {0}</source>
            <translation>Dort starten, oder aus {0} herausnehmen</translation>
        </message>
        <message>
            <source>There is no token yet</source>
            <translation>Es gibt noch kein Zugangstoken</translation>
        </message>
        <message>
            <source>Make one on {0}/settings/tokens</source>
            <translation>Eines anlegen auf {0}/settings/tokens</translation>
        </message>
        <message>
            <source>The hub refuses this token</source>
            <translation>Der Hub lehnt dieses Zugangstoken ab</translation>
        </message>
        <message>
            <source>This is no token</source>
            <translation>Das ist kein Zugangstoken</translation>
        </message>
        <message>
            <source>Copy it whole, from the hub's settings: it begins with hf_</source>
            <translation>Ganz kopieren, aus den Einstellungen des Hubs: es beginnt mit hf_</translation>
        </message>
        <message>
            <source>The token could not be kept in {0}: {1}</source>
            <translation>Das Zugangstoken ließ sich nicht in {0} aufbewahren: {1}</translation>
        </message>
        <message>
            <source>Set the variable HF_TOKEN instead</source>
            <translation>Stattdessen die Variable HF_TOKEN setzen</translation>
        </message>
        <message>
            <source>The token could not be removed ({0})</source>
            <translation>Das Zugangstoken ließ sich nicht entfernen ({0})</translation>
        </message>
        <message>
            <source>Remove it in the keyring's own program</source>
            <translation>Im Programm des Schlüsselbunds entfernen</translation>
        </message>
        <message>
            <source>There is no benchmark {0}</source>
            <translation>Einen Benchmark {0} gibt es nicht</translation>
        </message>
        <message>
            <source>This benchmark was removed</source>
            <translation>Dieser Benchmark wurde entfernt</translation>
        </message>
        <message>
            <source>Choose another folder, or free some space</source>
            <translation>Einen anderen Ordner wählen, oder Platz schaffen</translation>
        </message>
        <message>
            <source>text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>a turn, {{"from": …, "value": …}},</source>
            <translation>eine Nachricht, {{"from": …, "value": …}},</translation>
        </message>
        <message>
            <source>Look for another copy</source>
            <translation>Suche eine andere Fassung</translation>
        </message>
        <message>
            <source>{0}: cannot be read</source>
            <translation>{0}: lässt sich nicht lesen</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>wahr oder falsch</translation>
        </message>
        <message>
            <source>a whole number</source>
            <translation>eine ganze Zahl</translation>
        </message>
        <message>
            <source>a smaller number</source>
            <translation>eine kleinere Zahl</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>eine Zahl</translation>
        </message>
        <message>
            <source>a time such as {0}</source>
            <translation>eine Zeit wie {0}</translation>
        </message>
        <message>
            <source>a list</source>
            <translation>eine Liste</translation>
        </message>
        <message>
            <source>an object</source>
            <translation>ein Objekt</translation>
        </message>
        <message>
            <source>a value</source>
            <translation>ein Wert</translation>
        </message>
        <message>
            <source>null</source>
            <translation>null</translation>
        </message>
        <message>
            <source>line {0}: {1}</source>
            <translation>Zeile {0}: {1}</translation>
        </message>
        <message>
            <source>it is not {0} text: {1}</source>
            <translation>es ist kein {0}-Text: {1}</translation>
        </message>
        <message>
            <source>Nothing was imported</source>
            <translation>Es wurde nichts importiert</translation>
        </message>
        <message>
            <source>a conversation in it has more than {0} messages</source>
            <translation>ein Gespräch darin hat mehr als {0} Nachrichten</translation>
        </message>
        <message>
            <source>its “format” is not “{0}”</source>
            <translation>ihr „format“ ist nicht „{0}“</translation>
        </message>
        <message>
            <source>its “version” is no number</source>
            <translation>ihre „version“ ist keine Zahl</translation>
        </message>
        <message>
            <source>it was written by a later version of Slipstream</source>
            <translation>sie wurde von einer späteren Version von Slipstream geschrieben</translation>
        </message>
        <message>
            <source>it has no list of conversations</source>
            <translation>sie hat keine Liste von Gesprächen</translation>
        </message>
        <message>
            <source>a conversation in it has no messages</source>
            <translation>ein Gespräch darin hat keine Nachrichten</translation>
        </message>
        <message>
            <source>a list of turns</source>
            <translation>eine Liste von Nachrichten</translation>
        </message>
        <message>
            <source>it holds more than {0} conversations</source>
            <translation>sie enthält mehr als {0} Gespräche</translation>
        </message>
        <message>
            <source>the file is larger than {0} GB</source>
            <translation>die Datei ist größer als {0} GB</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>die Datei ist leer</translation>
        </message>
        <message>
            <source>it is not a regular file</source>
            <translation>es ist keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>nobody reads from this pipe</source>
            <translation>aus dieser Pipe liest niemand</translation>
        </message>
        <message>
            <source>not a regular file</source>
            <translation>keine gewöhnliche Datei</translation>
        </message>
        <message>
            <source>the id of one of its messages</source>
            <translation>die Nummer einer ihrer Nachrichten</translation>
        </message>
        <message>
            <source>a parent that comes before it</source>
            <translation>ein Vorgänger, der davor steht</translation>
        </message>
        <message>
            <source>a list of {0} values</source>
            <translation>eine Liste von {0} Werten</translation>
        </message>
        <message>
            <source>a step that comes later</source>
            <translation>ein Schritt, der später kommt</translation>
        </message>
        <message>
            <source>at least one turn</source>
            <translation>mindestens eine Nachricht</translation>
        </message>
        <message>
            <source>human, gpt or system as the role, not {0},</source>
            <translation>human, gpt oder system als Rolle, nicht {0},</translation>
        </message>
        <message>
            <source>text, not {0},</source>
            <translation>Text, nicht {0},</translation>
        </message>
        <message>
            <source>The thinking budget must be 0 or more</source>
            <translation>Das Limit fürs Nachdenken muss 0 oder mehr sein</translation>
        </message>
        <message>
            <source>{0}: the hub does not send the file that it lists</source>
            <translation>{0}: der Hub sendet nicht die Datei, die er nennt</translation>
        </message>
        <message>
            <source>Try again later, or look for another copy of the model</source>
            <translation>Versuche es später, oder suche eine andere Fassung des Modells</translation>
        </message>
        <message>
            <source>Another file is already at {0}</source>
            <translation>Bei {0} liegt schon eine andere Datei</translation>
        </message>
        <message>
            <source>Move it away, or give it another name, and try again</source>
            <translation>Lege sie beiseite oder benenne sie um, und versuche es noch einmal</translation>
        </message>
        <message>
            <source>Not enough room in {0}: {1} GB are needed, {2} GB are free</source>
            <translation>Zu wenig Platz in {0}: {1} GB sind nötig, {2} GB sind frei</translation>
        </message>
        <message>
            <source>Free some space, or choose a smaller quantization</source>
            <translation>Schaffe etwas Platz, oder wähle eine kleinere Quantisierung</translation>
        </message>
        <message>
            <source>{0} is no longer in {1}</source>
            <translation>{0} ist nicht mehr in {1}</translation>
        </message>
        <message>
            <source>{0}: the hub gives no checksum for it, so a download could not be checked</source>
            <translation>{0}: der Hub nennt keine Prüfsumme, das Heruntergeladene ließe sich nicht prüfen</translation>
        </message>
        <message>
            <source>{0}: {1} of its parts are not in the repository</source>
            <translation>{0}: {1} ihrer Teile sind nicht im Verzeichnis</translation>
        </message>
        <message>
            <source>The hub stopped sending before the end</source>
            <translation>Der Hub hat vor dem Ende aufgehört zu senden</translation>
        </message>
        <message>
            <source>Try again later</source>
            <translation>Versuche es später noch einmal</translation>
        </message>
        <message>
            <source>{0} is not the name of a repository</source>
            <translation>{0} ist nicht der Name eines Verzeichnisses</translation>
        </message>
        <message>
            <source>It is written "owner/name"</source>
            <translation>Er wird "Besitzer/Name" geschrieben</translation>
        </message>
        <message>
            <source>The hub's answer is not understood</source>
            <translation>Die Antwort des Hubs ist nicht verständlich</translation>
        </message>
        <message>
            <source>Check HF_ENDPOINT; a newer Slipstream may understand it</source>
            <translation>Prüfe HF_ENDPOINT; ein neueres Slipstream versteht sie vielleicht</translation>
        </message>
        <message>
            <source>{0} sends files compressed, so they cannot be resumed</source>
            <translation>{0} sendet Dateien gepackt, sie lassen sich nicht fortsetzen</translation>
        </message>
        <message>
            <source>Check HF_ENDPOINT</source>
            <translation>Prüfe HF_ENDPOINT</translation>
        </message>
        <message>
            <source>{0} answers with something that is no part of the file</source>
            <translation>{0} antwortet mit etwas, das kein Teil der Datei ist</translation>
        </message>
        <message>
            <source>{0} refuses a link that the hub gave</source>
            <translation>{0} lehnt einen Link ab, den der Hub gab</translation>
        </message>
        <message>
            <source>The hub is not asked: HF_HUB_OFFLINE is set</source>
            <translation>Der Hub wird nicht gefragt: HF_HUB_OFFLINE ist gesetzt</translation>
        </message>
        <message>
            <source>Unset it to go online</source>
            <translation>Nimm es zurück, um online zu gehen</translation>
        </message>
        <message>
            <source>The network settings of this system cannot be used: {0}</source>
            <translation>Die Netzwerkeinstellungen dieses Systems sind nicht benutzbar: {0}</translation>
        </message>
        <message>
            <source>Check HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and SSL_CERT_FILE</source>
            <translation>Prüfe HTTPS_PROXY, HTTP_PROXY, ALL_PROXY und SSL_CERT_FILE</translation>
        </message>
        <message>
            <source>{0} answers with more than {1} MB</source>
            <translation>{0} antwortet mit mehr als {1} MB</translation>
        </message>
        <message>
            <source>{0} sends too slowly</source>
            <translation>{0} sendet zu langsam</translation>
        </message>
        <message>
            <source>Try again later, or search for less</source>
            <translation>Versuche es später, oder suche nach weniger</translation>
        </message>
        <message>
            <source>The connection to {0} was lost</source>
            <translation>Die Verbindung zu {0} ging verloren</translation>
        </message>
        <message>
            <source>Try again: it goes on where it stopped</source>
            <translation>Versuche es noch einmal: es geht weiter, wo es aufhörte</translation>
        </message>
        <message>
            <source>{0}: not a name that may be written to a disk</source>
            <translation>{0}: kein Name, der auf einen Datenträger geschrieben werden darf</translation>
        </message>
        <message>
            <source>{0} is a link to somewhere else: nothing is written through it</source>
            <translation>{0} ist ein Verweis anderswohin: durch ihn wird nichts geschrieben</translation>
        </message>
        <message>
            <source>Remove the link, or rename it</source>
            <translation>Entferne den Verweis, oder benenne ihn um</translation>
        </message>
        <message>
            <source>The hub does not say which version of the repository it has</source>
            <translation>Der Hub sagt nicht, welche Fassung des Verzeichnisses er hat</translation>
        </message>
        <message>
            <source>{0} cannot be reached: {1}</source>
            <translation>{0} ist nicht erreichbar: {1}</translation>
        </message>
        <message>
            <source>{0} does not answer</source>
            <translation>{0} antwortet nicht</translation>
        </message>
        <message>
            <source>{0} answers with a web page instead of data</source>
            <translation>{0} antwortet mit einer Webseite statt mit Daten</translation>
        </message>
        <message>
            <source>Perhaps this network wants you to log in first: open any page in a browser. Check HF_ENDPOINT, too</source>
            <translation>Vielleicht verlangt dieses Netz zuerst eine Anmeldung: öffne irgendeine Seite im Browser. Prüfe auch HF_ENDPOINT</translation>
        </message>
        <message>
            <source>The hub refuses: status {0}</source>
            <translation>Der Hub lehnt ab: Status {0}</translation>
        </message>
        <message>
            <source>Check the name and HF_ENDPOINT</source>
            <translation>Prüfe den Namen und HF_ENDPOINT</translation>
        </message>
        <message>
            <source>{0}: the hub refuses access{1}</source>
            <translation>{0}: der Hub verweigert den Zugriff{1}</translation>
        </message>
        <message>
            <source>Your token may lack the permission</source>
            <translation>Deinem Zugangsschlüssel fehlt vielleicht das Recht</translation>
        </message>
        <message>
            <source>Too many requests to the hub</source>
            <translation>Zu viele Anfragen an den Hub</translation>
        </message>
        <message>
            <source>Try again {0}; who is logged in may ask more often</source>
            <translation>Versuche es {0} noch einmal; wer angemeldet ist, darf öfter fragen</translation>
        </message>
        <message>
            <source>Check the name</source>
            <translation>Prüfe den Namen</translation>
        </message>
        <message>
            <source>{0}: the file on the hub is shorter than it was</source>
            <translation>{0}: die Datei auf dem Hub ist kürzer als vorher</translation>
        </message>
        <message>
            <source>The hub has trouble at the moment (status {0})</source>
            <translation>Der Hub hat gerade Schwierigkeiten (Status {0})</translation>
        </message>
        <message>
            <source>The hub refuses your token</source>
            <translation>Der Hub lehnt deinen Zugangsschlüssel ab</translation>
        </message>
        <message>
            <source>Make a new one on {0}/settings/tokens, then {1}</source>
            <translation>Lege einen neuen an auf {0}/settings/tokens, dann {1}</translation>
        </message>
        <message>
            <source>{0} is gated: its terms must be accepted first</source>
            <translation>{0} ist geschützt: seine Bedingungen müssen erst angenommen werden</translation>
        </message>
        <message>
            <source>Accept them on {0}/{1}, then {2}</source>
            <translation>Nimm sie an auf {0}/{1}, dann {2}</translation>
        </message>
        <message>
            <source>{0}: no such repository, or a private one</source>
            <translation>{0}: kein solches Verzeichnis, oder ein privates</translation>
        </message>
        <message>
            <source>Check the name; for a private one {0}</source>
            <translation>Prüfe den Namen; bei einem privaten {0}</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>{0} lässt sich nicht schreiben: {1}</translation>
        </message>
        <message>
            <source>Check who may write to the folder</source>
            <translation>Prüfe, wer in den Ordner schreiben darf</translation>
        </message>
        <message>
            <source>{0}: damaged on the way: its {1} is not the hub's</source>
            <translation>{0}: unterwegs beschädigt: ihr {1} ist nicht das des Hubs</translation>
        </message>
        <message>
            <source>It was deleted; download it again</source>
            <translation>Sie wurde gelöscht; lade sie noch einmal herunter</translation>
        </message>
        <message>
            <source>The disk is full: {0} cannot grow</source>
            <translation>Der Datenträger ist voll: {0} kann nicht wachsen</translation>
        </message>
        <message>
            <source>Free some space; it goes on where it stopped</source>
            <translation>Schaffe etwas Platz; es geht weiter, wo es aufhörte</translation>
        </message>
        <message>
            <source>{0} is too large for the file system of {1}</source>
            <translation>{0} ist zu groß für das Dateisystem von {1}</translation>
        </message>
        <message>
            <source>Keep models on another disk</source>
            <translation>Halte Modelle auf einem anderen Datenträger</translation>
        </message>
        <message>
            <source>{0} is a link: nothing is written through it</source>
            <translation>{0} ist ein Verweis: durch ihn wird nichts geschrieben</translation>
        </message>
        <message>
            <source>Remove the link</source>
            <translation>Entferne den Verweis</translation>
        </message>
        <message>
            <source>{0} is being downloaded by another Slipstream</source>
            <translation>{0} wird gerade von einem anderen Slipstream heruntergeladen</translation>
        </message>
        <message>
            <source>{0}: the hub sends only a part of it</source>
            <translation>{0}: der Hub sendet nur einen Teil davon</translation>
        </message>
        <message>
            <source>{0}: not the file that the hub has listed</source>
            <translation>{0}: nicht die Datei, die der Hub genannt hat</translation>
        </message>
        <message>
            <source>List the repository again</source>
            <translation>Liste das Verzeichnis noch einmal auf</translation>
        </message>
        <message>
            <source>Look for models again</source>
            <translation>Suche noch einmal nach Modellen</translation>
        </message>
        <message>
            <source>{0}: was not downloaded by Slipstream</source>
            <translation>{0}: wurde nicht von Slipstream heruntergeladen</translation>
        </message>
        <message>
            <source>Delete it where it came from</source>
            <translation>Lösche sie dort, wo sie herkam</translation>
        </message>
        <message>
            <source>{0}: cannot be moved to the trash{1}</source>
            <translation>{0}: lässt sich nicht in den Papierkorb legen{1}</translation>
        </message>
        <message>
            <source>Delete it by hand</source>
            <translation>Lösche sie von Hand</translation>
        </message>
        <message>
            <source>Nothing has come for {0} s</source>
            <translation>Seit {0} s kam nichts</translation>
        </message>
        <message>
            <source>Check the connection</source>
            <translation>Prüfe die Verbindung</translation>
        </message>
        <message>
            <source>This message was removed already</source>
            <translation>Diese Nachricht wurde schon entfernt</translation>
        </message>
        <message>
            <source>This message cannot be brought back any more</source>
            <translation>Diese Nachricht lässt sich nicht mehr zurückholen</translation>
        </message>
        <message>
            <source>The search index is damaged</source>
            <translation>Das Suchverzeichnis ist beschädigt</translation>
        </message>
        <message>
            <source>Try again: it is being made anew</source>
            <translation>Versuche es noch einmal: es wird neu angelegt</translation>
        </message>
        <message>
            <source>The file holds a number or a name that cannot be kept</source>
            <translation>Die Datei enthält eine Zahl oder einen Namen, der sich nicht speichern lässt</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0} ({1})</translation>
        </message>
        <message>
            <source>{0}. {1}</source>
            <translation>{0}. {1}</translation>
        </message>
        <message>
            <source>{0}; {1}</source>
            <translation>{0}; {1}</translation>
        </message>
        <message>
            <source>{0} (added)</source>
            <translation>{0} (wird eingefügt)</translation>
        </message>
        <message>
            <source>not added</source>
            <translation>keines</translation>
        </message>
        <message>
            <source>{0}, not a chat model</source>
            <translation>{0}, kein Chat-Modell</translation>
        </message>
        <message>
            <source>no tensors: a vocabulary, not a model</source>
            <translation>keine Tensoren: ein Vokabular, kein Modell</translation>
        </message>
        <message>
            <source>No tensors: a vocabulary, not a model</source>
            <translation>Keine Tensoren: ein Vokabular, kein Modell</translation>
        </message>
        <message>
            <source>Tensor types that are not known ({0}): whether the file is complete is not checked</source>
            <translation>Unbekannte Tensor-Typen ({0}): ob die Datei vollständig ist, wird nicht geprüft</translation>
        </message>
        <message>
            <source>it has {0} layers, 1 to {1} are possible</source>
            <translation>sie hat {0} Schichten, möglich sind 1 bis {1}</translation>
        </message>
        <message>
            <source>it has {0} multi-token prediction layers among {1}</source>
            <translation>sie hat {0} Schichten zur Vorhersage mehrerer Token unter {1}</translation>
        </message>
        <message>
            <source>unknown rope scaling {0}</source>
            <translation>unbekannte RoPE-Skalierung {0}</translation>
        </message>
        <message>
            <source>{0} experts, {1} used, in {2} groups, {3} used, do not go together</source>
            <translation>{0} Experten, {1} benutzt, in {2} Gruppen, {3} benutzt, passen nicht zusammen</translation>
        </message>
        <message>
            <source>it adds a beginning-of-text token and has none</source>
            <translation>sie fügt ein Token am Textanfang ein und hat keines</translation>
        </message>
        <message>
            <source>it adds an end-of-text token and has none</source>
            <translation>sie fügt ein Token am Textende ein und hat keines</translation>
        </message>
        <message>
            <source>two of its tokens have the same text</source>
            <translation>zwei ihrer Token haben denselben Text</translation>
        </message>
        <message>
            <source>damaged GGUF file: {0}</source>
            <translation>beschädigte GGUF-Datei: {0}</translation>
        </message>
        <message>
            <source>truncated: {0} of {1} bytes</source>
            <translation>abgeschnitten: {0} von {1} Byte</translation>
        </message>
        <message>
            <source>truncated: {0} bytes, the end of its header is missing</source>
            <translation>abgeschnitten: {0} Byte, das Ende ihres Kopfes fehlt</translation>
        </message>
        <message>
            <source>empty, not a GGUF file: 0 bytes</source>
            <translation>leer, keine GGUF-Datei: 0 Byte</translation>
        </message>
        <message>
            <source>not a GGUF file: {0}</source>
            <translation>keine GGUF-Datei: {0}</translation>
        </message>
        <message>
            <source>its header takes longer than {0} s to read</source>
            <translation>ihr Kopf braucht mehr als {0} s zum Lesen</translation>
        </message>
        <message>
            <source>cannot be loaded: {0}</source>
            <translation>kann nicht geladen werden: {0}</translation>
        </message>
        <message>
            <source>cannot be read: {0}</source>
            <translation>lässt sich nicht lesen: {0}</translation>
        </message>
        <message>
            <source>cannot be opened: {0}</source>
            <translation>lässt sich nicht öffnen: {0}</translation>
        </message>
        <message>
            <source>may not be read</source>
            <translation>darf nicht gelesen werden</translation>
        </message>
        <message>
            <source>a folder, not a model file</source>
            <translation>ein Ordner, keine Modelldatei</translation>
        </message>
        <message>
            <source>no tokenizer in the file</source>
            <translation>kein Tokenizer in der Datei</translation>
        </message>
        <message>
            <source>no vocabulary in the file</source>
            <translation>kein Vokabular in der Datei</translation>
        </message>
        <message>
            <source>not part {0} of this model</source>
            <translation>nicht Teil {0} dieses Modells</translation>
        </message>
        <message>
            <source>tensor {0} is in another part, too</source>
            <translation>Tensor {0} steht noch in einem anderen Teil</translation>
        </message>
        <message>
            <source>{0} tensors are announced, its parts have {1}</source>
            <translation>{0} Tensoren sind angekündigt, die Teile haben {1}</translation>
        </message>
        <message>
            <source>part {0} of {1} of a split model, but not named so</source>
            <translation>Teil {0} von {1} eines geteilten Modells, heißt aber nicht so</translation>
        </message>
        <message>
            <source>part {0} of a split model; its first part is used</source>
            <translation>Teil {0} eines geteilten Modells; benutzt wird der erste Teil</translation>
        </message>
        <message>
            <source>the file has gone</source>
            <translation>die Datei ist verschwunden</translation>
        </message>
        <message>
            <source>the file is missing</source>
            <translation>die Datei fehlt</translation>
        </message>
        <message>
            <source>a link to a file that is not there</source>
            <translation>eine Verknüpfung zu einer Datei, die nicht da ist</translation>
        </message>
        <message>
            <source>more than {0} models; the rest is left out</source>
            <translation>mehr als {0} Modelle; der Rest bleibt weg</translation>
        </message>
        <message>
            <source>{0}: more than {1} files, the rest is left out</source>
            <translation>{0}: mehr als {1} Dateien, der Rest bleibt weg</translation>
        </message>
        <message>
            <source>{0}: folders deeper than {1} are left out</source>
            <translation>{0}: Ordner tiefer als {1} bleiben weg</translation>
        </message>
        <message>
            <source>{0}: not a manifest of Ollama's: {1}</source>
            <translation>{0}: kein Manifest von Ollama: {1}</translation>
        </message>
        <message>
            <source>it lists no layers</source>
            <translation>es nennt keine Schichten</translation>
        </message>
        <message>
            <source>its model is named by no SHA-256</source>
            <translation>sein Modell ist mit keiner SHA-256 benannt</translation>
        </message>
        <message>
            <source>; {0} of its parts are there already</source>
            <translation>; {0} seiner Teile liegen schon dort</translation>
        </message>
        <message>
            <source>{0}: cannot be moved to the trash</source>
            <translation>{0}: lässt sich nicht in den Papierkorb legen</translation>
        </message>
        <message>
            <source>{0}: the hub refuses access</source>
            <translation>{0}: der Hub verweigert den Zugriff</translation>
        </message>
        <message>
            <source>it claims {0} tensors, {1} are allowed</source>
            <translation>sie gibt {0} Tensoren an, erlaubt sind {1}</translation>
        </message>
        <message>
            <source>it claims {0} key-values, {1} are allowed</source>
            <translation>sie gibt {0} Schlüssel an, erlaubt sind {1}</translation>
        </message>
        <message>
            <source>it claims {0} tokens</source>
            <translation>sie gibt {0} Token an</translation>
        </message>
        <message>
            <source>general.alignment is {0}, expected u32</source>
            <translation>general.alignment ist {0}, erwartet wird u32</translation>
        </message>
        <message>
            <source>its alignment {0} is no power of two</source>
            <translation>ihre Ausrichtung {0} ist keine Zweierpotenz</translation>
        </message>
        <message>
            <source>{0} is {1} bytes long</source>
            <translation>{0} ist {1} Byte lang</translation>
        </message>
        <message>
            <source>the name of tensor {0}</source>
            <translation>der Name von Tensor {0}</translation>
        </message>
        <message>
            <source>{0} is {1}, expected {2}</source>
            <translation>{0} ist {1}, erwartet wird {2}</translation>
        </message>
        <message>
            <source>key {0}</source>
            <translation>Schlüssel {0}</translation>
        </message>
        <message>
            <source>key {0} is empty</source>
            <translation>Schlüssel {0} ist leer</translation>
        </message>
        <message>
            <source>key {0} is there twice</source>
            <translation>den Schlüssel {0} gibt es zweimal</translation>
        </message>
        <message>
            <source>{0} has the unknown type {1}</source>
            <translation>{0} hat den unbekannten Typ {1}</translation>
        </message>
        <message>
            <source>{0} is an array of arrays</source>
            <translation>{0} ist ein Feld von Feldern</translation>
        </message>
        <message>
            <source>{0} is an array of the unknown type {1}</source>
            <translation>{0} ist ein Feld vom unbekannten Typ {1}</translation>
        </message>
        <message>
            <source>{0} has {1} elements</source>
            <translation>{0} hat {1} Elemente</translation>
        </message>
        <message>
            <source>{0} parts, {1} are allowed</source>
            <translation>{0} Teile, erlaubt sind {1}</translation>
        </message>
        <message>
            <source>tensor {0} is there twice</source>
            <translation>Tensor {0} gibt es zweimal</translation>
        </message>
        <message>
            <source>tensor {0} has offset {1}, expected {2}</source>
            <translation>Tensor {0} beginnt bei {1}, erwartet wird {2}</translation>
        </message>
        <message>
            <source>a multiple of {0}</source>
            <translation>ein Vielfaches von {0}</translation>
        </message>
        <message>
            <source>tensor {0} ends beyond all files</source>
            <translation>Tensor {0} endet hinter allen Dateien</translation>
        </message>
        <message>
            <source>tensor {0} has {1} dimensions</source>
            <translation>Tensor {0} hat {1} Dimensionen</translation>
        </message>
        <message>
            <source>tensor {0} has too many elements: {1}</source>
            <translation>Tensor {0} hat zu viele Elemente: {1}</translation>
        </message>
        <message>
            <source>tensor {0} has rows of {1}, no multiple of {2} ({3})</source>
            <translation>Tensor {0} hat Zeilen von {1}, kein Vielfaches von {2} ({3})</translation>
        </message>
        <message>
            <source>the file has become shorter</source>
            <translation>die Datei ist kürzer geworden</translation>
        </message>
        <message>
            <source>it is empty</source>
            <translation>sie ist leer</translation>
        </message>
        <message>
            <source>Check the connection, the proxy settings and HF_ENDPOINT; models on this machine work without it</source>
            <translation>Die Verbindung, die Proxy-Einstellungen und HF_ENDPOINT prüfen; Modelle auf diesem Rechner gehen auch ohne</translation>
        </message>
        <message>
            <source>put a token into the settings, log in with `hf auth login`, or set HF_TOKEN</source>
            <translation>ein Zugangstoken in den Einstellungen eintragen, sich mit `hf auth login` anmelden oder HF_TOKEN setzen</translation>
        </message>
        <message>
            <source>The list of models</source>
            <translation>Die Liste der Modelle</translation>
        </message>
        <message>
            <source>{0}: no such file in it</source>
            <translation>{0}: diese Datei gibt es darin nicht</translation>
        </message>
        <message>
            <source>{0}: no such version of it</source>
            <translation>{0}: diese Version gibt es nicht</translation>
        </message>
        <message>
            <source>{0}: no such repository on the hub</source>
            <translation>{0}: dieses Repository gibt es auf dem Hub nicht</translation>
        </message>
        <message>
            <source>Try again later; who is logged in may ask more often</source>
            <translation>Später noch einmal versuchen; wer angemeldet ist, darf öfter fragen</translation>
        </message>
        <message>
            <source>Try again in {0} s; who is logged in may ask more often</source>
            <translation>In {0} s noch einmal versuchen; wer angemeldet ist, darf öfter fragen</translation>
        </message>
        <message>
            <source>The engine did not answer and was ended; the next load starts another</source>
            <translation>Die Engine antwortete nicht und wurde beendet; das nächste Laden startet eine neue</translation>
        </message>
        <message>
            <source>Trained on what the 32B writes; about twice as fast for one person</source>
            <translation>Trainiert an dem, was das 32B schreibt; für eine Person etwa doppelt so schnell</translation>
        </message>
        <message>
            <source>The pair of LM Studio's documentation</source>
            <translation>Das Paar aus der Dokumentation von LM Studio</translation>
        </message>
        <message>
            <source>A pair of LM Studio's documentation</source>
            <translation>Ein Paar aus der Dokumentation von LM Studio</translation>
        </message>
        <message>
            <source>Not measured with this target</source>
            <translation>Mit diesem Modell nicht gemessen</translation>
        </message>
        <message>
            <source>The target is small: little is left to gain</source>
            <translation>Das Modell ist klein: viel ist nicht mehr zu gewinnen</translation>
        </message>
        <message>
            <source>Large for this target: drafting costs a good part of what it saves</source>
            <translation>Groß für dieses Modell: Vorausschreiben kostet einen guten Teil dessen, was es spart</translation>
        </message>
        <message>
            <source>Seven tokens mean something else, from id 151643 on</source>
            <translation>Sieben Token bedeuten etwas anderes, ab Nummer 151643</translation>
        </message>
        <message>
            <source>Made for the full R1, whose vocabulary is another</source>
            <translation>Für das ganze R1 gemacht, dessen Vokabular ein anderes ist</translation>
        </message>
        <message>
            <source>The vocabulary fits; not measured</source>
            <translation>Das Vokabular passt; nicht gemessen</translation>
        </message>
        <message>
            <source>Pays where verifying is cheap: on a GPU, or with F16 weights</source>
            <translation>Lohnt, wo Prüfen billig ist: auf einer GPU oder mit F16-Gewichten</translation>
        </message>
        <message>
            <source>The draft is the bundled demo model</source>
            <translation>Das Entwurfsmodell ist das mitgelieferte Demo-Modell</translation>
        </message>
        <message>
            <source>The 135M drafts nearly as well for less</source>
            <translation>Das 135M schreibt fast so gut voraus und kostet weniger</translation>
        </message>
        <message>
            <source>LM Studio, documentation of speculative decoding</source>
            <translation>LM Studio, Dokumentation zum spekulativen Dekodieren</translation>
        </message>
        <message>
            <source>Ubicloud, comment on its served DeepSeek R1 32B: about +100 % at low concurrency, -10 % at high</source>
            <translation>Ubicloud, Anmerkung zum dort angebotenen DeepSeek R1 32B: etwa +100 % bei wenigen Anfragen zugleich, −10 % bei vielen</translation>
        </message>
        <message>
            <source>The draft's own model card: for the full R1, not for its distills</source>
            <translation>Die Modellkarte des Entwurfsmodells: für das ganze R1, nicht für seine Destillate</translation>
        </message>
        <message>
            <source>Both tokenizers compared: ids 151643 to 151649 mean something else</source>
            <translation>Beide Tokenizer verglichen: die Nummern 151643 bis 151649 bedeuten etwas anderes</translation>
        </message>
        <message>
            <source>One family with one tokenizer; not measured</source>
            <translation>Eine Familie mit einem Tokenizer; nicht gemessen</translation>
        </message>
    </context>
    <context>
        <name>TransferDialogs</name>
        <message>
            <source>Conversations (*.json *.jsonl);;All files (*)</source>
            <translation>Gespräche (*.json *.jsonl);;Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Import conversations</source>
            <translation>Gespräche importieren</translation>
        </message>
        <message>
            <source>Export conversation</source>
            <translation>Gespräch exportieren</translation>
        </message>
        <message>
            <source>Export all conversations</source>
            <translation>Alle Gespräche exportieren</translation>
        </message>
        <message>
            <source>Slipstream conversations</source>
            <translation>Slipstream-Gespräche</translation>
        </message>
        <message>
            <source>Slipstream, everything, can be imported again (*.json)</source>
            <translation>Slipstream, alles, lässt sich wieder importieren (*.json)</translation>
        </message>
        <message>
            <source>Markdown, for reading (*.md)</source>
            <translation>Markdown, zum Lesen (*.md)</translation>
        </message>
        <message>
            <source>ShareGPT, for other programs (*.json)</source>
            <translation>ShareGPT, für andere Programme (*.json)</translation>
        </message>
        <message>
            <source>Importing conversations…</source>
            <translation>Gespräche werden importiert…</translation>
        </message>
        <message>
            <source>Exporting statistics…</source>
            <translation>Statistik wird exportiert…</translation>
        </message>
        <message>
            <source>Exporting conversations…</source>
            <translation>Gespräche werden exportiert…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>Transfers</name>
        <message>
            <source>Another export or import is under way</source>
            <translation>Es läuft schon ein anderer Export oder Import</translation>
        </message>
        <message>
            <source>Wait for it, or cancel it.</source>
            <translation>Warte darauf, oder brich es ab.</translation>
        </message>
        <message>
            <source>{0} could not be written: {1}</source>
            <translation>{0} ließ sich nicht schreiben: {1}</translation>
        </message>
        <message>
            <source>Choose another folder, or free some space.</source>
            <translation>Wähle einen anderen Ordner, oder schaffe etwas Platz.</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>Ohne Titel</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Du</translation>
        </message>
        <message>
            <source>System prompt</source>
            <translation>System-Prompt</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Assistent</translation>
        </message>
        <message>
            <source>Thinking</source>
            <translation>Nachdenken</translation>
        </message>
        <message>
            <source>This answer was cut off.</source>
            <translation>Diese Antwort wurde abgebrochen.</translation>
        </message>
        <message>
            <source>The conversation was written to {0}.</source>
            <translation>Das Gespräch wurde nach {0} geschrieben.</translation>
        </message>
        <message>
            <source>{0} conversations were written to {1}.</source>
            <translation>{0} Gespräche wurden nach {1} geschrieben.</translation>
        </message>
        <message>
            <source>One conversation was imported.</source>
            <translation>Ein Gespräch wurde importiert.</translation>
        </message>
        <message>
            <source>They stand in the list by the day they were last written.</source>
            <translation>Sie stehen in der Liste nach dem Tag, an dem zuletzt darin geschrieben wurde.</translation>
        </message>
        <message>
            <source>{0} conversations were imported.</source>
            <translation>{0} Gespräche wurden importiert.</translation>
        </message>
        <message>
            <source>There is no conversation in this file.</source>
            <translation>In dieser Datei ist kein Gespräch.</translation>
        </message>
    </context>
    <context>
        <name>TurnMenu</name>
        <message>
            <source>Edit</source>
            <translation>Bearbeiten</translation>
        </message>
        <message>
            <source>Write another answer</source>
            <translation>Andere Antwort schreiben</translation>
        </message>
        <message>
            <source>Compare ways to draft…</source>
            <translation>Entwurfsarten vergleichen…</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <source>Export statistics…</source>
            <translation>Statistik exportieren…</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Show its figures</source>
            <translation>Ihre Werte zeigen</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
    </context>
    <context>
        <name>TurnWords</name>
        <message>
            <source>This answer was continued. The figures are those of its last part.</source>
            <translation>Diese Antwort wurde fortgesetzt. Die Werte sind die ihres letzten Teils.</translation>
        </message>
        <message>
            <source>last part:</source>
            <translation>letzter Teil:</translation>
        </message>
        <message>
            <source>You changed this answer. What the model wrote is its other version.</source>
            <translation>Du hast diese Antwort geändert. Was das Modell schrieb, ist ihre andere Fassung.</translation>
        </message>
        <message>
            <source>by you</source>
            <translation>von dir</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>bearbeitet</translation>
        </message>
    </context>
    <context>
        <name>UserFooterControl</name>
        <message>
            <source>Previous version</source>
            <translation>Vorige Fassung</translation>
        </message>
        <message>
            <source>Show your message as it was before</source>
            <translation>Deine Nachricht zeigen, wie sie davor war</translation>
        </message>
        <message>
            <source>Next version</source>
            <translation>Nächste Fassung</translation>
        </message>
        <message>
            <source>Show your message as it was after that</source>
            <translation>Deine Nachricht zeigen, wie sie danach war</translation>
        </message>
        <message>
            <source>Version {0} of {1}</source>
            <translation>Fassung {0} von {1}</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antworten</translation>
        </message>
        <message>
            <source>Write an answer to this message</source>
            <translation>Eine Antwort auf diese Nachricht schreiben</translation>
        </message>
        <message>
            <source>Copy message</source>
            <translation>Nachricht kopieren</translation>
        </message>
        <message>
            <source>Edit message</source>
            <translation>Nachricht bearbeiten</translation>
        </message>
        <message>
            <source>Edit and send again</source>
            <translation>Bearbeiten und neu senden</translation>
        </message>
        <message>
            <source>Remove message</source>
            <translation>Nachricht entfernen</translation>
        </message>
        <message>
            <source>Remove this message and what follows it</source>
            <translation>Diese Nachricht und was ihr folgt entfernen</translation>
        </message>
    </context>
    <context>
        <name>VariantDetails</name>
        <message>
            <source>Download</source>
            <translation>Herunterladen</translation>
        </message>
        <message>
            <source>Show downloads</source>
            <translation>Downloads zeigen</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal</translation>
        </message>
        <message>
            <source>What is in it can be read, and downloaded, only after that.</source>
            <translation>Was darin ist, lässt sich erst danach lesen und herunterladen.</translation>
        </message>
        <message>
            <source>One of its parts is not in the repository.</source>
            <translation>Einer seiner Teile ist nicht im Repository.</translation>
        </message>
        <message>
            <source>{0} of its parts are not in the repository.</source>
            <translation>{0} seiner Teile fehlen im Repository.</translation>
        </message>
        <message>
            <source>{0} parameters</source>
            <translation>{0} Parameter</translation>
        </message>
        <message>
            <source>trained for {0}</source>
            <translation>trainiert für {0}</translation>
        </message>
        <message>
            <source>Reading its header…</source>
            <translation>Kopf wird gelesen…</translation>
        </message>
        <message>
            <source>The draft {0}.</source>
            <translation>Das Entwurfsmodell {0}.</translation>
        </message>
        <message>
            <source>on this machine</source>
            <translation>auf diesem Rechner</translation>
        </message>
        <message>
            <source>in the downloads</source>
            <translation>in den Downloads</translation>
        </message>
        <message>
            <source>Use as draft</source>
            <translation>Als Entwurfsmodell nehmen</translation>
        </message>
        <message>
            <source>Use as model</source>
            <translation>Als Modell nehmen</translation>
        </message>
        <message>
            <source>Download and use as draft</source>
            <translation>Herunterladen, dann vorausschreiben lassen</translation>
        </message>
        <message>
            <source>Download and use as model</source>
            <translation>Herunterladen und laden</translation>
        </message>
    </context>
    <context>
        <name>Welcome</name>
        <message>
            <source>Choose a model to talk to</source>
            <translation>Wähle ein Modell zum Sprechen</translation>
        </message>
        <message>
            <source>Slipstream runs GGUF models on this machine. A small draft runs ahead of the model, the model checks it, and you see whether that pays.</source>
            <translation>Slipstream führt GGUF-Modelle auf diesem Rechner aus. Ein kleiner Entwurf schreibt dem Modell voraus, das Modell prüft ihn, und du siehst, ob sich das lohnt.</translation>
        </message>
        <message>
            <source>You can also drop a .gguf file anywhere on this window.</source>
            <translation>Du kannst auch eine .gguf-Datei irgendwo auf diesem Fenster ablegen.</translation>
        </message>
        <message>
            <source>Try the demo model</source>
            <translation>Demo-Modell ausprobieren</translation>
        </message>
        <message>
            <source>Choose a GGUF file…</source>
            <translation>GGUF-Datei wählen…</translation>
        </message>
        <message>
            <source>Find a model…</source>
            <translation>Modell finden…</translation>
        </message>
    </context>
    <context>
        <name>WordField</name>
        <message>
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
    </context>
    <context>
        <name>Zoom</name>
        <message>
            <source>Text size {0} %</source>
            <translation>Textgröße {0} %</translation>
        </message>
    </context>
</TS>
