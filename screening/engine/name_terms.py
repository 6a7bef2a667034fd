# ruff: noqa: E501 - a line is a term in all its languages
"""
What institutes and firms are called in many languages: each line is read as its first word.

Written in the scripts of the languages and folded when loaded. Subjects tell more than common words do: an institute of
physics is no institute of chemistry. Words of scripts without blanks are also what such a name is cut at.
"""

from typing import Final

# Read like the common words of `name_words`; they tell little.
HEAD_TEXT: Final = """\
university университет університет універсітэт πανεπιστήμιο جامعة الجامعة دانشگاه אוניברסיטה 大学 大學 대학교 대학 विश्वविद्यालय
university यूनिवर्सिटी ਯੂਨੀਵਰਸਿਟੀ ইউনিভার্সিটি বিশ্ববিদ্যালয় უნივერსიტეტი համալսարան universitetas
university universitāte ülikool yunivarsiti universitas universiti universidade universitate univerzitet sveučilište sveuciliste
university มหาวิทยาลัย பல்கலைக்கழகம்
institute институт інститут інстытут ινστιτούτο معهد المعهد پژوهشگاه انستیتو מכון 研究所 研究院 연구소 연구원 संस्थान ইনস্টিটিউট
institute ინსტიტუტი ինստիտուտ institutas institūts institutt instituti viện vien สถาบัน
academy академия академія акадэмія ακαδημία أكاديمية اكاديمية آکادمی אקדמיה 科学院 科學院 学院大学 아카데미 학술원 akadeemia akademija
academy academies akademien akadémia
college колледж коледж كلية کالج 学院 學院 专科学校 專科學校 短期大学 칼리지 대학원 महाविद्यालय কলেজ cegep fachhochschule högskola
college kolegium colégio collège polytechnic
school школа школы училище مدرسة مدارس 学校 學校 高等学校 중학교 고등학교 학교 विद्यालय iskola okul okulu lycee lycée gymnasium
faculty факультет 学部 факультэт fakultät
centre центр центра цэнтр κέντρο مركز المركز مرکز מרכז 中心 センター 센터 केंद्र কেন্দ্র ცენტრი կենտրոն centras centrs keskus
centre centrul központ pusat trung centar center centros
laboratory лаборатория лабораторія 실험실 实验室 實驗室 مختبر آزمایشگاه laboratorija laboratoř labor
department департамент департамента اداره إدارة 部 部门 局 departament odbor oddelek osasto avdelning afdeling
ministry министерство міністерство міністэрства υπουργείο وزارة وزارت משרד 部委 부 省厅 मंत्रालय মন্ত্রণালয় ministerul minisztérium
ministry kementerian kementrian bộ ministarstvo ministrstvo departemen ministeriö minist
hospital больница лікарня госпиталь госпіталь νοσοκομείο مستشفى بیمارستان בית־חולים 医院 醫院 病院 병원 अस्पताल হাসপাতাল bolnica
hospital nemocnice nemocnica szpital spital sairaala sjukhus sykehus hospitalar hospitales kórház rumah-sakit bệnh ospedale
hospital ospedaliera hospitalier klinikum haigla slimnica ligoninė hastanesi hastane ziekenhuizen hospitals rumahsakit sjúkrahús
foundation фонд фонда ίδρυμα مؤسسة بنیاد קרן 基金会 基金會 財団法人 公益財団法人 一般財団法人 财团 재단 재단법인 fundação fundació
foundation fundația alapítvány nadace nadácia säätiö stiftelse stiftelsen zaklada yayasan fonds sihtasutus fundaţia vakıf
association ассоциация асоціація σύλλογος جمعية انجمن 协会 協會 協会 협회 संघ asociația egyesület sdružení yhdistys förening
association föreningen forening foreningen liitto ühing udruga društvo drustvo asociace associação associació bund verbund
society общество товариство εταιρεία جمعیت 学会 學會 학회 परिषद sociedade societat societatea társaság společnost spoločnosť seura
society sällskapet samfundet sällskap selskab selskapet selskap towarzystwo derneği dernek cemiyeti genootschap 社団法人
society 一般社団法人 公益社団法人 sociéte samfund gesellschaften persatuan perhimpunan hội selts
council совет рада συμβούλιο مجلس شورای شورا 理事会 委员会 委員会 委員會 위원회 평의회 conseil consejo consiglio conselho rat raad rada
council neuvosto rådet råd konseyi kurulu consell dewan council's
commission комиссия комісія επιτροπή لجنة کمیسیون 위원 kommission comisión commissione commissie komisja comissão komisi
committee комитет комітет هيئة کمیته 委会 comité komitee comitato komitet comitê komitesi
administration администрация администрації управление управління idaresi administración verwaltung amministrazione
administration administração yönetim 行政 管理局 관리 zarzad hallinto
authority орган سلطة autorité autoridad behörde autorità autoritatea kurumu otoritesi authorities urząd urzad otorita
museum музей музея музею μουσείο متحف موزه מוזיאון 博物馆 博物館 박물관 संग्रहालय musée museo museu muzeum müzesi múzeum muuseum
library библиотека бібліотека مكتبة کتابخانه 图书馆 圖書館 図書館 도서관 bibliothèque bibliothek biblioteca bibliotheek biblioteka
library kütüphanesi knihovna könyvtár kirjasto bibliotek perpustakaan
bank банк банка τράπεζα بنك بانک מצרף 银行 銀行 은행 बैंक ব্যাংক banca banque
station станция станція 站 試験場 stazione estación stanice versuchsanstalt
observatory обсерватория обсерваторія مرصد 天文台 천문대 observatoire observatorio osservatorio observatorium observatório
union союз союза спілка اتحاد 联合会 聯合會 連合会 연합회 unión unione união unie zväz svaz związek zwiazek liit birliği birligi
federation федерация федерації 联盟 連盟 연맹 fédération federación federazione federação federatie federacja federasyonu
federation förbundet förbund forbund verbundes
club клуб نادي باشگاه 俱乐部 クラブ 클럽 kulübü klub
company компания компанія شركة شرکت חברה 公司 회사 会社 compañía compagnie compagnia companhia společenství компанії companie
corporation корпорация корпорація корпорации
group группа група مجموعة گروه 集团 集團 グループ 그룹
works завод завода مصنع کارخانه 工厂 工場 공장 комбинат
enterprise предприятие підприємство прадпрыемства مؤسسه 企业 企業 기업 unternehmens бизнес
network сеть мережа شبكة شبکه 网络 網路 ネットワーク réseau rede xarxa rete síť sieć
board палата 局会 palata kamara komora camera chamber handelskammer cámara câmara chambre odası
park парк пارك 公园 公園 공원 parque parc
office бюро офис کتب دفتر مكتب 事务所 事務所 사무소 irodája úřad urad toimisto kontor
service служба служби خدمة خدمات 服务 サービス 서비스 servis usługi
research исследований досліджень исследовательский дослідний بحوث الأبحاث البحث تحقیقات پژوهش 研究 연구 अनुसंधान গবেষণা výzkum
research výzkumný výskum kutatás kutató tutkimus forskning forsknings raziskovalni istraživanja pesquisa pesquisas recerca cercetare
research penelitian nghiên investigación investigaciones ricerche recherches onderzoeks araştırma badań badan
science наук науки наука наукам علوم العلوم 科学 科學 과학 विज्ञान বিজ্ঞান věd vied tieteiden vetenskap videnskab vitenskap
science znanosti nauk ciências ciència ciències știință ilmu sains tudomány tudományos wissenschaften wetenschappen bilimler
technology технологий технологій технологический технологічний технологии τεχνολογίας تكنولوجيا التكنولوجيا فناوری 技术 技術 科技
technology 기술 प्रौद्योगिकी প্রযুক্তি технологія teknologi technologický technológia technologies tehnologija tehnologie tehnoloogia
technical технический технічний тэхнічны τεχνικό فنی تقنية 工业大学 理工 공과 technická tehnički tehnic műszaki tekninen teknisk
technical tekniska technique técnica técnico tècnica technischen teknik politecnica polytechnique politécnica политехнический
technical політехнічний polytechnische politechnika politecnico polytechnic politehnica
national национальный национального національний національного нацыянальны εθνικό وطني الوطنية الوطني ملی לאומי 国家 國家 国立
national 國立 국립 국가 राष्ट्रीय জাতীয় národní národný nemzeti kansallinen nasjonal nationell nazionali nationaux nasional quốc
national nacionalni național națională nacionalinis rahvuslik riiklik
state государственный державний дзяржаўны دولتي دولتی 州 주립 राज्य statale állami státní valtion statens stats estadual estatal
federal федеральный федеральное 연방 联邦 連邦 bundes
international международный міжнародний международная міжнародны διεθνές دولي الدولية بین‌المللی 国际 國際 国際 국제 अंतर्राष्ट्रीय
international mezinárodní medzinárodný nemzetközi kansainvälinen internasjonal antarabangsa internasional międzynarodowy
central центральный центральний центральное مركزي مرکزی 中央 중앙 केंद्रीय centrální központi keski
medical медицинский медичний медыцынскі ιατρική طبي الطبية پزشکی 医科 医学 醫學 의과 의학 의료 चिकित्सा মেডিকেল médicale médico
medical médica medico medica medizinische medizin orvosi lékařská lekárska lääketieteellinen medicinsk medycyny medyczny
medical médecine medicina medicine medizinischen perubatan kedokteran tıp tip geneeskunde medizinischer
health здравоохранения охорони здоров'я здоровья υγείας صحة الصحة بهداشت 健康 卫生 衛生 保健 보건 स्वास्थ्य স্বাস্থ্য zdraví zdravia
health egészségügyi terveyden hälsa helse zdravlje salud saúde salute santé gesundheit gezondheid sağlık kesehatan sănătate zdrowia
scientific научный научно науковий 科研 scientifique científico scientifica científica wissenschaftlich naukowo tudományok
industrial промышленный промисловий صناعي صنعتی 工业 工業 산업 औद्योगिक průmyslový ipari teollinen
industry промышленность промисловість صناعة الصناعات صنایع 产业 産業 산업체 उद्योग শিল্প průmysl ipar teollisuus industri indústria
production производственное производственный производство производства выробничо 生产 生産 생산
precision 精密 정밀 прецизионный прецизионных précision prazision precisión
machinery 機械 机械 기계 machinerie
applied прикладной прикладних прикладная 应用 応用 응용 aplicada appliquée appliquées angewandte applicata toegepaste stosowanej
general всеобщий 综合 総合 종합 allgemeine
regional региональный обласний областной районный 地区 地域 지역 regionale régional régionale regionaal bölge
republic республики республіки جمهوری جمهورية 共和国 공화국 गणराज्य república republiek rzeczpospolita republiken
city городской міський مدينة شهر 市立 市 시립 시청 ville cidade ciutat stad miejski městská mesto kota thành
prefecture 県 県立 府立 都立 prefectural
named имени імені имя 記念 памяти"""

# Subjects: read as one, but telling.
SUBJECT_TEXT: Final = """\
physics физики физика фізики физический فيزياء فیزیک 物理 物理学 물리 물리학 भौतिकी physique physik física fisica natuurkunde fizyki fyziky fizika
physics fyzikální fizikai fysik fizik fysikk physics' physikalische
chemistry химии хімії 化学 化學 화학 रसायन chimie química chimica scheikunde chemii chemie kémiai kemi kemia kimia hóa
mathematics математики математический математики رياضيات ریاضی 数学 數學 수학 गणित mathématiques mathematik matemáticas matematica matemática
mathematics wiskunde matematyki matematiky matematik matematikai matematika
biology биологии біології زیست 生物 生物学 생물 생물학 जीवविज्ञान biologie biología biologia biológiai biologi biológicas biologique
agriculture сельского сельскохозяйственный аграрный аграрний сельскохозяйственных زراعة الزراعة کشاورزی 农业 農業 농업 कृषि কৃষি agricole
agriculture agrícola agricola agrario agraria landbouw rolnictwa rolniczy zemědělská mezőgazdasági maatalous jordbruks lantbruks pertanian
agriculture agricultura agricoltura landwirtschaftliche agronomique agronómico agropecuaria tarım tarim ziraat
economics экономики экономический економічний экономическая اقتصاد اقتصادی 经济 經濟 経済 경제 économie economía economia wirtschaft economie
economics ekonomii ekonomiczny ekonomická közgazdasági talous ekonomi économique económicas économiques wirtschafts ekonomika
education образования освіти تعليم التربية آموزش 教育 교육 शिक्षा শিক্ষা éducation educación educazione educação onderwijs edukacji
education vzdělávání oktatási kasvatus utbildning pendidikan bildung enseignement enseñanza eğitim pedagogy pedagogical педагогический педагогічний
education pädagogische pédagogique pedagógica pedagogica pedagogiczny pedagogiczna
law права юридический юридичний قانون الحقوق حقوق 法学 法律 법학 법률 droit recht derecho diritto direito prawa práva jogi oikeus rätts hukum hukuk
arts искусств мистецтв искусства فنون هنر 艺术 藝術 芸術 美術 예술 미술 कला beaux-arts künste bellas artes arti kunsten sztuk umění művészeti taide konst
music музыки музики موسيقى 音乐 音楽 음악 संगीत musique musik música musica muziek muzyczna hudby zene musiikki
history истории історії تاريخ تاریخ 历史 歷史 歴史 역사 इतिहास histoire geschichte historia storia história geschiedenis historii dějin történeti
language языка мови языков لغة اللغات زبان 语言 外国语 外國語 語学 언어 외국어 भाषा langue langues sprache sprachen lengua lingua taal język jazyka nyelv linguistics
culture культуры культури ثقافة فرهنگ 文化 문화 संस्कृति kultur cultura cultuur kultury kultúra kulttuuri budaya kültür
forest леса лесной лісового 林业 林業 산림 वन forêt forst wald foresta florestal forestal bosbouw leśny lesnický erdészeti metsä skogs kehutanan forestry
water воды водного водний آب مياه المياه 水利 水 수자원 जल eau wasser agua acqua água vodní vízügyi vesi vatten air su
sea морской морской моря 海洋 해양 समुद्र mer meer mar mare zee morski mořský tengeri meri hav laut maritime marine ocean oceanography océan océano
fisheries рыбного рибного 水产 水産 수산 मत्स्य pêche fischerei pesca visserij rybacki kalastus fiske perikanan
geology геологии геологический геологічний 地质 地質 지질 भूविज्ञान géologie geologie geología geologia geologiczny földtani geological géologique geologico
nuclear ядерный ядерных ядерної атомный атомной نووية هسته‌ای 核 原子力 원자력 नाभिकीय परमाणु nucléaire kern nuklear nucleare jądrowy jaderný atomic
radio радио радиотехники 无线电 無線 라디오
radar радиолокации 雷达 レーダー 레이더 radartechnik
mechanics механики механіки 力学 역학 mécanique mechanik mecánica meccanica mechaniki mechanical механический 机械 機械 기계
metallurgy металлургии металлургический 冶金 금속 métallurgie metallurgie metalurgia metallurgia hutnictwa hutní kohászati
mining горный гірничий 矿业 鉱業 鑛業 광업 खनन mines bergbau minería miniera mijnbouw górniczy hornický bányászati maden
steel сталь сталелитейный 钢铁 鋼鉄 製鋼 철강 इस्पात acier stahl acero acciaio aço staal stali ocel acél teräs stål çelik
aviation авиационный авиации авіаційний 航空 항공 विमानन
space космических космический космічний فضاء فضایی 航天 宇宙 우주 अंतरिक्ष espacio spazio spazio espaço ruimte kosmiczny vesmír űr avaruus rymd luar
defence обороны оборони دفاع الدفاع 国防 國防 防衛 防卫 국방 방위 रक्षा প্রতিরক্ষা obrany obrony védelmi puolustus pertahanan
war военный воєнний 军事 軍事 군사 सैन्य
police полиции поліції شرطة پلیس 警察 公安 경찰 पुलिस পুলিশ
cancer рака онкологии онкології سرطان السرطان 肿瘤 癌 がん 암 कैंसर tumori krebs cáncer cancro câncer kanker rakovina rák syöpä oncology tumor
heart сердца кардиологии قلب 心脏 心臓 심장 हृदय coeur herz corazón cuore coração hart serca srdce szív sydän cardiology cardiovascular
children детей детский дитячий أطفال الأطفال کودکان 儿童 小児 こども 어린이 아동 बाल enfants kinder niños bambini crianças kinderen dzieci dětí gyermek lasten barn anak child
women женщин жінок نساء زنان 女子 妇女 여자 여성 महिला femmes frauen mujeres donne mulheres vrouwen kobiet žen nők naisten kvinnor wanita
youth молодежи молоді شباب جوانان 青年 青少年 청소년 युवा jeunesse jugend juventud gioventù juventude jeugd młodzieży mládeže ifjúsági nuoriso ungdom pemuda
sports спорта спортивный спорту رياضة ورزش 体育 スポーツ 체육 스포츠 खेल sport deporte esporte desporto sportu športu urheilu idrott olahraga spor
food пищевых харчових غذاء غذایی 食品 食 식품 खाद्य aliment alimentaire lebensmittel alimentos alimenti voedsel żywności potravin élelmiszer elintarvike livsmedel pangan gıda
animal животных тварин 动物 動物 畜産 畜牧 동물 축산 पशु animale tier animales animais dier zwierząt zvířat állat eläin djur hewan
veterinary ветеринарный ветеринарної 獣医 兽医 수의 पशुचिकित्सा vétérinaire veterinär veterinaria veterinária weterynarii veterinární állatorvosi
plant растений рослин 植物 식물 पादप plante pflanzen plantas piante planten roślin rostlin növény kasvi växt tanaman botany botanical ботанический botanique botanisk
environment окружающей экологии екології بيئة البيئة محیط 环境 環境 환경 पर्यावरण environnement umwelt medioambiente ambiente milieu środowiska prostředí környezet ympäristö miljö lingkungan çevre ecology
earth земли землі 地球 지구 पृथ्वी terre erde tierra terra aarde ziemi země
climate климата клімату 气候 気候 기후 जलवायु climat klima clima klimaat klimatu
information информационный информатики інформатики معلومات اطلاعات 信息 情報 資訊 정보 सूचना informatyki információs informació informação informasi bilişim
computer вычислительный компьютерный 计算机 计算 コンピュータ 컴퓨터 전산 संगणक informatique rechen ordenadores calcolo computación komputer bilgisayar computational
electronics электроники електроніки радиоэлектроники إلكترونيات الکترونیک 电子 電子 전자 इलेक्ट्रॉनिक्स électronique elektroniczny elektronický elektronikai
energy энергетики енергетики энергетический طاقة الطاقة انرژی 能源 エネルギー 에너지 ऊर्जा energii energetický energetikai energia tenaga
materials материалов матеріалів مواد المواد 材料 소재 재료 सामग्री matériaux werkstoff materiales materiali materiais materialen materiałów materiálů anyag
engineering инженерный инженерии інженерний مهندسی الهندسة هندسة 工程 工学 工學 공학 अभियांत्रिकी প্রকৌশল
pharmacy фармации фармацевтический фармацевтичний صيدلة داروسازی 药 薬学 薬科 制药 製薬 약학 제약 औषधि pharmacie pharmazie farmacia farmácia farmacji pharmaceutical
dentistry стоматологии стоматологічний 口腔 歯科 歯学 치과 दंत dentaire zahnmedizin zahnheilkunde odontología odontologia tandheelkunde dental tandläkare stomatology tannlege
nursing медсестер تمريض پرستاری 护理 看護 간호 नर्सिंग infirmiers pflege enfermería enfermagem verpleegkunde pielęgniarstwa keperawatan infermieristica
psychology психологии психології النفس روانشناسی 心理 심리 मनोविज्ञान psychologie psicología psicologia psychologii pszichológiai
psychiatry психиатрии психіатрії 精神 정신 psychiatrie psiquiatría psichiatria psychiatric mental
social социальных социальный соціальний اجتماعي اجتماعی 社会 社會 사회 सामाजिक soziale sociale sociales sociali społeczny sociální szociális sosiaali sosial social'
human человека людини 人类 人間 人文 인간 인문 मानव humain mensch humanas humanities humano umano menselijk człowieka гуманитарный гуманітарний
political политических політичних 政治 정치 राजनीतिक politique politik política politica politiek polityczny politologie
statistics статистики 统计 統計 통계 सांख्यिकी statistique statistik estadística statistica estatística statistiek statystyki statistický
trade торговли торговельний торгівлі تجارة التجارة بازرگانی تجاری 贸易 貿易 商业 商業 무역 상업 व्यापार comercio obchodní kereskedelem kauppa handel perdagangan ticaret
transport транспорта транспорту перевозок نقل النقل حمل 运输 交通 運輸 교통 운수 परिवहन
railway железных железнодорожный залізничний سكك راه‌آهن 铁路 铁道 鉄道 철도 रेलवे chemins ferroviaire eisenbahn ferrocarriles ferrovie spoorwegen kolejowy vasúti rautatie
construction строительный строительства будівництва بناء ساختمان 建设 建設 建築 건설 건축 निर्माण construção budownictwa stavební építő rakennus
shipbuilding судостроительный судостроения суднобудівний 造船 船舶 조선 shipyard верфь werft astilleros cantieri chantiers scheepswerf stocznia loděnice shipyards
oil нефть нефтяной нафти نفط النفط نفت 石油 석유 तेल pétrole erdöl petróleo petrolio aardolie naftowy ropný kőolaj öljy minyak petrol
gas газ газа газу غاز الغاز گاز 天然气 ガス 가스 गैस gaz
textile текстильный текстильної 纺织 繊維 섬유 वस्त्र textil tessile têxtil textiel włókienniczy textilní
instrument приборостроение приборостроительный приладобудування 仪器 計器 계기 приборов
machine машиностроительный машинобудівний машиностроения 機器
laser лазер лазерных лазерний ليزر لیزر 激光 レーザー 레이저 लेज़र
plastics пластмасс 塑料 プラスチック 플라스틱 kunststoff plastique plásticos plastica tworzyw
polymer полимеров полімерів 高分子 고분자 polymère polímeros
semiconductor полупроводников напівпровідників 半导体 半導体 반도체 halbleiter semi-conducteurs semiconductores
genetics генетики генетика 遗传 遺伝 유전 génétique genetik genética genetica
microbiology микробиологии мікробіології 微生物 미생물
biochemistry биохимии біохімії 生物化学 생화학 biochimie bioquímica biochemii
biotechnology биотехнологии біотехнології 生物技术 バイオ 바이오 biotechnologie biotecnología biotecnologia biotechnológiai
astronomy астрономии астрономічна 天文 天文学 천문 खगोल astronomie astronomía astronomia
archaeology археологии археології 考古 고고학 archéologie archäologie arqueología archeologia arqueologia
philosophy философии філософії فلسفة 哲学 철학 दर्शन philosophie filosofía filosofia filozofii
sociology социологии соціології 社会学 사회학 sociologie soziologie sociología sociologia
management менеджмента управления менеджменту إدارة مدیریت 管理 経営 경영 प्रबंधन gestion gestión gestione gestão zarządzania řízení pengurusan manajemen işletme
business бизнеса бізнесу أعمال 商务 ビジネス 비즈니스 affaires negocios affari negócios bisnis biznesu işletmecilik
finance финансов фінансів مالية مالی 财经 金融 財政 금융 재정 वित्त finances finanzen finanzas finanza finanças financiën finansów pénzügyi rahoitus keuangan
insurance страхования страхування تأمين بیمه 保险 保険 보험 बीमा assurance versicherung seguros assicurazioni verzekeringen ubezpieczeń pojišťovna biztosító vakuutus försäkring skadeförsäkring asuransi sigorta
nature природы природи طبيعة 自然 자연 प्रकृति naturaleza natura natuur przyrody přírody természet luonto natur alam
blind слепых сліпих 盲 视障 시각 aveugles blinden ciegos ciechi cegos
allergy аллергологии アレルギー 알레르기 allergologie alergología allergologia alergologia allergology
surgery хирургии хірургії جراحة جراحی 外科 외과 chirurgie cirugía chirurgia cirurgia chirurgii kirurgi sebészeti
pediatrics педиатрии педіатрії 儿科 小児科 소아과 pédiatrie pädiatrie kinderheilkunde pediatría pediatria pediatrico pediátrico
neurology неврологии неврології نورولوژی 神经 神経 신경 neurologie neurología neurologia neuroscience neurosciences neurowissenschaften
rehabilitation реабилитации реабілітації إعادة توانبخشی 康复 リハビリテーション 재활 réadaptation rehabilitación riabilitazione reabilitação
welfare благосостояния 福祉 福利 복지 कल्याण bien-être wohlfahrt bienestar benessere welzijn
engine двигателей двигун 发动机 エンジン 엔진 moteurs motoren motores motori silników
motor моторостроения моторный 汽车 自動車 자동차 automobile automotive fahrzeug automóvil
missile ракетный ракет 导弹 ミサイル 미사일
optics оптики оптический оптичний بصريات نور 光学 光機 광학 प्रकाशिकी
telecommunication связи зв'язку اتصالات مخابرات 通信 通訊 電信 통신 दूरसंचार telecomunicaciones télécommunications telekommunikation telecomunicações łączności
broadcasting радиовещания телерадиокомпания إذاعة صداوسیما 广播 放送 방송 प्रसारण radiodiffusion rundfunk radiodifusión
meteorology метеорологии гидрометеорологический أرصاد هواشناسی 气象 気象 기상 मौसम météorologie wetterdienst meteorología meteorologia
agroforestry agroforstwirtschaft
studies études studien estudios studi estudos badań študií studier kajian tanulmányok исследования
north северный північний شمال 北 북 उत्तर nord-est septentrional
south южный південний جنوب 南 남 दक्षिण meridional
east восточный східний شرق 東 东 동 पूर्व oriental
west западный західний غرب 西 서 पश्चिम occidental"""

# Places written in Han or Kana that no transliteration letter by letter reads aright, with their usual name.
PLACE_TEXT: Final = """\
japan 日本 japonais japonés giapponese 일본 ژاپن japanische japanischen
china 中国 中國 중국 الصين چین китайский китая china's chinois chinesische
korea 韩国 韓國 韓国 한국 대한 조선 朝鲜 朝鮮 كوريا 대한민국 kore
taiwan 台湾 臺灣 台灣
tokyo 東京
osaka 大阪
kyoto 京都
nagoya 名古屋
yokohama 横浜
kobe 神戸
fukuoka 福岡
sapporo 札幌
hokkaido 北海道
sendai 仙台
hiroshima 広島
saitama 埼玉
chiba 千葉
kanagawa 神奈川
aichi 愛知
hyogo 兵庫
shizuoka 静岡
nagano 長野
niigata 新潟
gifu 岐阜
nara 奈良
wakayama 和歌山
mie 三重
shiga 滋賀
okayama 岡山
yamaguchi 山口
tokushima 徳島
kagawa 香川
ehime 愛媛
kochi 高知
saga 佐賀
nagasaki 長崎
kumamoto 熊本
oita 大分
miyazaki 宮崎
kagoshima 鹿児島
okinawa 沖縄
aomori 青森
iwate 岩手
akita 秋田
yamagata 山形
fukushima 福島
ibaraki 茨城
tochigi 栃木
gunma 群馬
toyama 富山
ishikawa 石川
fukui 福井
yamanashi 山梨
tottori 鳥取
shimane 島根
kyushu 九州
tohoku 東北
kansai 関西
kanto 関東
tsukuba 筑波
hitachi 日立
toshiba 東芝
mitsubishi 三菱
toyota 豊田
sumitomo 住友
waseda 早稲田
keio 慶應義塾
meiji 明治
showa 昭和
hongkong 香港
seoul 서울 汉城
busan 부산
pyongyang 평양 平壤
hamhung 함흥 咸興
gyeonggi 경기
shaanxi 陕西
tibet 西藏
xinjiang 新疆
harbin 哈尔滨
tashkent ташкентский
moscow московский москвы московского москва москвы moskau moscou mosca moskva moskovskij московской
petersburg петербург петербургский санкт-петербургский
kiev киев київський київ kyiv kijow kiew
minsk минский мінскі
belarus белорусский беларускі беларусь беларуси
russia российский российская россии росії русский روسيا روسیه 俄罗斯 ロシア 러시아 रूस
ukraine украины україни украинский український
syria سورية سوريا سوری
iran ایران إيران иран иранский
iraq العراق العراقية عراق
egypt مصر المصرية
india भारत भारतीय ভারত 印度 インド 인도
pakistan پاکستان باكستان
america américain american americain أمريكا americana americano amerikanische
usa сша 美国 米国 미국
germany 德国 ドイツ 독일 alemania allemagne germania alemanha duitsland niemcy německo deutscher deutsches
france 法国 フランス 프랑스 francia frankreich frança francés français fransız
italy 意大利 イタリア italie italien
spain españa espagne spanien spagna español española espanyola
britain 英国 イギリス 영국 royaume-uni großbritannien
poland польский польша polen pologne polonia polsko lengyel
czech českých české český ceske cesky чешский tschechische
slovak slovenská slovenský slovenské slovaque slowakische
hungary венгерский ungarn hongrie ungarische magyarország
sweden sverige schweden suède suecia svensk svenskt svenska
finland suomen finlande finnland
norway norges norge norvège
denmark danmarks danmark danske dansk danemark
turkey türkiye türk турецкий turquie türkei
kazakhstan казахский казахстана қазақстан
uzbekistan узбекистана узбекский o'zbekiston
georgia საქართველოს грузинский
armenia հայաստանի армянский
europe european europäische européen europea europeo europejski evropský európai eurooppa europeisk avrupa европейский
africa african africain afrikanische africano afrique
asia asian asiatique asiático asya азиатский 亚洲 アジア 아시아
catholic catholique católica cattolica katholische katholieke katolicki katolický katolikus 天主教 가톨릭 католический
islamic islamique islámica islamica إسلامي الإسلامية اسلامی ислам исламский islam
buddhist 佛教 仏教 불교
christian chrétien christliche cristiano キリスト教 基督教 기독교"""

# Legal forms written without blanks before or after the name: they go.
GLUED_LEGAL_TEXT: Final = """\
株式会社 有限会社 合同会社 独立行政法人 国立研究開発法人 地方独立行政法人 学校法人 医療法人 社会福祉法人 特定非営利活動法人 国立大学法人
公立大学法人 有限公司 股份有限公司 有限责任公司 集团有限公司 集團有限公司 주식회사 유한회사 사단법인 재단법인 학교법인 의료법인"""
