"""Names of parties: what makes two spellings one party, with the reason. All names are invented."""

import time

import pytest

from screening.engine.name_forms import analyse
from screening.engine.names import compare_names, marked

ONE_PARTY = [
    # left, right, a reason given
    ("Karadag Optik", "Karadag Optik", "identical"),
    ("KARADAG OPTİK", "Karadağ Optik", "case_or_accents"),
    ("Karadag Optik Ltd.", "Karadag Optik Limited", "legal_form"),
    ("OOO Uralmet", "Uralmet LLC", "legal_form"),
    ("Public Joint Stock Company Uralmet", "PAO Uralmet", "legal_form"),
    ("Norrskog Försvar AB", "Norrskog Defence", "word_form"),
    ("Karadag Defence Ltd", "Karadag Defense Limited", "word_form"),
    ("Ruritanian Prison Service", "Ruritanian Prison Services", "word_form"),
    ("Israel Prison Service", "Israeli Prison Service", "word_form"),
    ("Optik Karadag Havacilik", "Karadag Havacilik Optik", "word_order"),
    ("Zavod Uralmet", "Uralmet Works", "word_form"),
    ("Завод Уралмет", "Uralmet Works", "transliteration"),
    ("Уралмет", "Uralmet", "script"),
    ("Καραγιάννης Οπτικά", "Karagiannis Optica", "transliteration"),
    ("حسين كريمي", "Hossein Karimi", "transliteration"),
    ("北京大学", "Beijing University", "transliteration"),
    ("KaradagOptik", "Karadag Optik", "joined_words"),
    ("KARADAGOPTIKLIMITED", "Karadag Optik Ltd", "joined_words"),
    ("Kara dag Optik", "Karadag Optik", "joined_words"),
    ("Karadagh Optik Havacilik", "Karadag Optik Havacilik", "spelling"),
    ("Istanbul Branch Office of Karadag Optik", "Karadag Optik Ltd", "branch"),
    ("Karadag Optik, Izmir Branch", "Karadag Optik", "branch"),
    ("Niederlassung Wien der Karadag Optik", "Karadag Optik", "branch"),
    ("Blue Lantern Trading, formerly Karadag Optik", "Karadag Optik", "alias"),
    ("Blue Lantern t/a Karadag Optik", "Karadag Optik", "alias"),
    ("Karadag Optik Limted", "Karadag Optik Ltd", "part_of_name"),
    ("O'Hara & Sons", "OHara and Sons Ltd", "legal_form"),
]

# What is called after a state, under another official name of it.
STATES = [
    ("Ministry of Defence of Türkiye", "Ministry of Defence of Turkey"),
    ("Ministry of Defence, Burma", "Myanmar Ministry of Defence"),
    ("Police of the Czech Republic", "Czechia Police"),
    ("Islamic Republic of Iran Aviation Works", "Iran Aviation Works"),
    ("Royal Police of the Kingdom of Eswatini", "Royal Swaziland Police"),
    ("Министерство обороны Российской Федерации", "Ministry of Defence of Russia"),
    ("Belorussian Optics Quartz", "Quartz Optics Belarus"),
]

MAY_BE_ONE = [
    ("KOH", "Karadag Optik Havacilik", "acronym"),
    ("Karadag Optik Havacilik A.S.", "K.O.H.", "acronym"),
    ("Petrov Ivan Sergeevich", "Ivan Petrov", "part_of_name"),
]

OTHERS = [
    ("Israel Prison Service", "Israeli Defence Forces"),
    ("Ministry of Defence of Syria", "Ministry of Defence of Jordan"),
    ("Ministry of Defence", "Ministry of Interior"),
    ("Institute of Physics", "Institute of Chemistry"),
    ("Karadag North Optics", "Karadag South Optics"),
    ("Military Unit 12345", "Military Unit 54321"),
    ("Iran Electronics Industries", "Iraq Electronics Industries"),
    ("Karadag Optics Technology", "Uralmet Optics Technology"),
    ("International Trading Company", "General Trading Company"),
]


# Two ways of writing the legal form of one firm, for every language of the Union and common destinations.
LEGAL_FORMS = """\
bg | ЕООД | ООД | АД | ЕАД | дружество с ограничена отговорност | акционерно дружество
cs | s.r.o. | spol. s r.o. | a.s. | akciová společnost | společnost s ručením omezeným | v.o.s. | k.s.
da | A/S | ApS | I/S | K/S | aktieselskab | anpartsselskab
de | GmbH | AG | GmbH & Co. KG | KG | OHG | UG (haftungsbeschränkt) | e.V. | eG
el | Α.Ε. | ΑΕ | Ε.Π.Ε. | Ι.Κ.Ε. | Ανώνυμη Εταιρεία | Εταιρεία Περιορισμένης Ευθύνης
en | Ltd | Limited | plc | LLP | DAC
es | S.A. | S.L. | S.L.U. | Sociedad Anónima | Sociedad de Responsabilidad Limitada
et | OÜ | AS | osaühing | aktsiaselts
fi | Oy | Oyj | Ky | osakeyhtiö
fr | SA | SARL | SAS | EURL | société anonyme | société à responsabilité limitée
ga | Teoranta | Teo. | CPT | cuideachta phoiblí theoranta
hr | d.o.o. | d.d. | j.d.o.o. | društvo s ograničenom odgovornošću | dioničko društvo
hu | Kft. | Zrt. | Nyrt. | Bt. | korlátolt felelősségű társaság | zártkörűen működő részvénytársaság
it | S.r.l. | S.p.A. | S.n.c. | società per azioni | società a responsabilità limitata
lt | UAB | AB | MB | uždaroji akcinė bendrovė | mažoji bendrija
lv | SIA | AS | akciju sabiedrība | sabiedrība ar ierobežotu atbildību
mt | Ltd | p.l.c. | Limitata | kumpanija pubblika
nl | B.V. | N.V. | VOF | besloten vennootschap | naamloze vennootschap | commanditaire vennootschap
pl | sp. z o.o. | S.A. | sp.k. | sp.j. | P.S.A. | spółka akcyjna | spółka z ograniczoną odpowiedzialnością
pt | Lda. | S.A. | Unipessoal Lda | sociedade anónima | Limitada
ro | S.R.L. | S.A. | societate cu răspundere limitată | societate pe acțiuni
sk | s.r.o. | a.s. | spoločnosť s ručením obmedzeným | akciová spoločnosť
sl | d.o.o. | d.d. | družba z omejeno odgovornostjo | delniška družba
sv | AB | HB | KB | aktiebolag | AB (publ)
tr | A.Ş. | Ltd. Şti. | Anonim Şirketi | Limited Şirketi
ru | ООО | АО | ПАО | ЗАО | ОАО | общество с ограниченной ответственностью | акционерное общество
uk | ТОВ | ПрАТ | АТ | товариство з обмеженою відповідальністю | акціонерне товариство
ae | FZE | FZCO | LLC | L.L.C. | DMCC | FZ-LLC
in | Pvt. Ltd. | Private Limited | (P) Ltd. | LLP
pk | (Pvt) Ltd | (Private) Limited
cn | Co., Ltd. | 有限公司 | 股份有限公司
jp | K.K. | 株式会社 | Co., Ltd.
kr | Co., Ltd. | 주식회사
vn | Co., Ltd. | TNHH | Công ty TNHH | Công ty Cổ phần
my | Sdn. Bhd. | Sdn Bhd | Berhad
id | PT | Tbk
il | Ltd. | בע"מ
eg | S.A.E. | LLC
rs | d.o.o. | a.d.
mk | DOOEL | DOO
al | Sh.p.k. | Sh.a.
ch | AG | SA | Sagl | GmbH
kz | ТОО | АО
ge | LLC | შპს
mx | S.A. de C.V. | S. de R.L. de C.V.
br | Ltda. | S.A. | EIRELI
"""
_BEFORE = {"bg", "ru", "uk", "kz", "ge", "vn", "id"}


def written(land, form):
    name = "Karadag Optik Havuz"
    return f"{form} {name}" if land in _BEFORE and form not in {"Tbk", "Co., Ltd."} else f"{name} {form}"


FORMS = [
    (land, form)
    for land, *forms in (map(str.strip, line.split("|")) for line in LEGAL_FORMS.splitlines())
    for form in forms
]


class TestLegalForms:
    @pytest.mark.parametrize(("land", "form"), FORMS)
    def test_the_legal_form_is_taken_off_and_makes_no_other_party(self, land, form):
        name = written(land, form)
        assert analyse(name).joined == "karadagoptikhavuz", analyse(name)
        assert compare_names(name, "Karadag Optik Havuz").verdict == "same"

    def test_every_language_of_the_union_is_there(self):
        union = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
        assert set(union.split()) <= {land for land, _ in FORMS}


class TestOneParty:
    @pytest.mark.parametrize(("left", "right", "reason"), ONE_PARTY)
    def test_spellings_of_one_name_are_the_same(self, left, right, reason):
        found = compare_names(left, right)
        assert found.verdict == "same", found
        assert reason in found.detail["reasons"]

    @pytest.mark.parametrize(("left", "right", "reason"), ONE_PARTY)
    def test_it_does_not_matter_which_side_asks(self, left, right, reason):
        there, back = compare_names(left, right), compare_names(right, left)
        assert (there.verdict, there.score) == (back.verdict, back.score)

    @pytest.mark.parametrize(("left", "right"), STATES)
    def test_another_official_name_of_a_state_makes_no_other_party(self, left, right):
        assert compare_names(left, right).verdict in {"same", "similar"}, compare_names(left, right)

    @pytest.mark.parametrize(("left", "right", "reason"), MAY_BE_ONE)
    def test_an_officer_must_look(self, left, right, reason):
        found = compare_names(left, right)
        assert found.verdict == "similar", found
        assert reason in found.detail["reasons"]

    @pytest.mark.parametrize(("left", "right"), OTHERS)
    def test_common_words_make_no_party(self, left, right):
        assert compare_names(left, right).verdict == "different"

    def test_lookalike_letters_are_read_and_flagged(self):
        found = compare_names("K\u0430radag Optik", "Karadag Optik")  # a Cyrillic a
        assert found.verdict == "same"
        assert "homoglyphs" in found.detail["flags"]

    def test_zero_width_and_bidirectional_marks_are_nothing(self):
        assert compare_names("Kara\u200bdag\u202e Optik", "Karadag Optik").verdict == "same"

    def test_query_syntax_is_text(self):
        assert compare_names('"Karadag (NOT Optik*', "Karadag Optik NOT").verdict == "same"

    def test_weights_learned_from_a_register_are_taken(self):
        rare = compare_names("Karadag Optik", "Karadag Havuz")
        common = compare_names("Karadag Optik", "Karadag Havuz", weights={"karadag": 0.1})
        assert common.score < rare.score


class TestNoName:
    @pytest.mark.parametrize("name", ["", "O", "-", "...", "\u200b\u200b", "\x00", "x" * 10_000, "!" * 10_000])
    def test_is_unknown_and_never_the_same(self, name):
        assert compare_names(name, name).verdict == "unknown"
        assert compare_names(name, "Karadag Optik").verdict == "unknown"

    def test_ten_thousand_characters_take_no_time(self):
        names = ["ab " * 3_333, "a" * 10_000, "(" * 10_000, "a.k.a. " * 1_500, "(ab" * 3_000, "branch of " * 1_000]
        started = time.process_time()
        for name in names:
            compare_names(name, "Karadag Optik")
        assert time.process_time() - started < 1.0

    def test_the_longest_comparable_names_take_no_time(self):
        started = time.process_time()
        for text in ("a b " * 140, "(ab " * 140, "x y, " * 110, "office of " * 55, "a.b." * 140):
            compare_names(text, text[::-1])
        assert time.process_time() - started < 1.0


class TestMarking:
    def test_differing_characters_are_marked_on_both_sides(self):
        found = marked(compare_names("Karadag Defence", "Karadag Defense"))
        assert found.detail["left_spans"] == ((13, 14),)
        assert found.detail["right_spans"] == ((13, 14),)

    def test_case_is_not_marked(self):
        found = marked(compare_names("KARADAG", "Karadag"))
        assert found.detail["left_spans"] == ()


class TestAnalysis:
    def test_legal_form_is_taken_off_and_reported(self):
        name = analyse("Karadag Optik Sanayi ve Ticaret Anonim Şirketi")
        assert [word.written for word in name.words][:2] == ["karadag", "optik"]
        assert "anonim sirketi" in name.legal

    def test_a_name_is_never_only_its_legal_form(self):
        assert analyse("Limited").joined == "limited"
        assert analyse("AS").joined == "as"

    @pytest.mark.parametrize("name", ["Teo Wei Ming", "V M Petrov", "Vos Quartz Works", "Sae Karadag", "Quartz Vos"])
    def test_what_may_be_a_name_is_taken_off_at_the_end_of_three_words_only(self, name):
        assert analyse(name).legal == ()

    def test_initials(self):
        assert "koh" in analyse("Karadag Optik Havacilik A.S.").initials

    def test_same_text_same_forms(self):
        assert analyse("Karadag Optik (KOH)") == analyse("Karadag Optik (KOH)")
